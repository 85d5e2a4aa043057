using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Reports.Days;

/// <summary>Days that were counted by night say exactly what counting everything anew says, over histories that nobody has thought of.</summary>
public class KeptDayTests
{
    private const string Months = "from=2029-12-10&to=2030-01-15";

    [TestCase(1, "UTC")]
    [TestCase(2, "America/New_York")]
    [TestCase(3, "Asia/Kolkata")]
    [TestCase(4, "Europe/Vienna")]
    public async Task A_report_by_kept_days_is_the_report_by_all_facts(int seed, string zone)
    {
        var (random, service) = (new Random(seed), await SomeService.NewAsync(zone));
        var tickets = new List<Id<Ticket>>();
        for (var i = 0; i < 60; i++) tickets.Add(await SomeAsync(service, random));
        await service.CountAsync();
        Assert.That(await BuiltAsync(service), Is.GreaterThan(100), "all days that are over, each in three parts");
        await AssertSameAsync(service);

        for (var round = 0; round < 3; round++)
        {
            await service.CountAsync();
            var before = await BuiltAsync(service);
            for (var i = 0; i < 6; i++) await ChangeAsync(service, tickets[random.Next(tickets.Count)], random);
            await SomeAsync(service, random);
            await service.Acme.WithScopeAsync(async services =>
            {
                foreach (var id in tickets) await services.GetRequiredService<FactWriter>().RefreshAsync(id.ToBytes(), default);
            });
            Assert.That(await BuiltAsync(service), Is.LessThan(before), "days that have changed are not read any more");
            await AssertSameAsync(service);
        }
    }

    [Test]
    public async Task What_goes_into_the_bin_and_comes_back_is_noticed_though_it_says_nothing_of_its_days()
    {
        var service = await SomeService.NewAsync();
        await service.TicketAsync("2029-12-20T09:00:00Z", "2029-12-21T09:00:00Z", ["agent 30"]);
        await service.CountAsync();
        var before = await TextAsync(service);

        (await service.Acme.Http.DeleteAsync($"/v1/customers/{service.Ana.Id}")).EnsureSuccessStatusCode();
        await TestApi.RunJobsAsync();
        Assert.That(SomeService.Value((await service.MetricsAsync(Months))["volume"], "count"), Is.Zero);

        var binned = (await service.Acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].GetProperty("id").GetString();
        (await service.Acme.Http.PostAsync($"/v1/recycle_bin/{binned}/restore", null)).EnsureSuccessStatusCode();
        await TestApi.RunJobsAsync();
        Assert.That(await TextAsync(service), Is.EqualTo(before));
    }

    [Test]
    public async Task Another_time_zone_has_other_days()
    {
        var service = await SomeService.NewAsync();
        await service.TicketAsync("2029-12-20T23:30:00Z", "2029-12-21T23:30:00Z", ["agent 30"]);
        await service.CountAsync();
        Assert.That(SomeService.Value((await service.MetricsAsync("from=2029-12-20&to=2029-12-20"))["volume"], "count"), Is.EqualTo(1));

        (await service.Acme.Http.PatchAsync("/v1/tenant", new StringContent("""{"time_zone":"Asia/Tokyo"}""", System.Text.Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        await TestApi.RunJobsAsync();

        Assert.That(SomeService.Value((await service.MetricsAsync("from=2029-12-20&to=2029-12-20"))["volume"], "count"), Is.Zero);
        Assert.That(SomeService.Value((await service.MetricsAsync("from=2029-12-21&to=2029-12-21"))["volume"], "count"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_day_that_changes_while_it_is_counted_is_not_kept()
    {
        var service = await SomeService.NewAsync();
        await service.Acme.WithScopeAsync(async services =>
        {
            var (book, day) = (services.GetRequiredService<DayBook>(), new DateOnly(2029, 12, 20));
            var version = await book.BeginAsync(DayPart.Opened, day, default);
            await book.MarkAsync(DayPart.Opened, new DateTimeOffset(2029, 12, 20, 12, 0, 0, TimeSpan.Zero), default);

            Assert.That(await book.KeepAsync(DayPart.Opened, day, version, new PartFigures([0, 0], []), default), Is.False);
            Assert.That(await book.ReadAsync(DayPart.Opened, day, day.AddDays(1), default), Is.Empty);
        });
    }

    private static async Task AssertSameAsync(SomeService service)
    {
        var kept = await TextAsync(service);
        var rows = await BuiltAsync(service);
        await service.Acme.WithDbAsync(db => db.ExecuteAsync(Hide, null, default));
        var anew = await TextAsync(service);
        await service.Acme.WithDbAsync(db => db.ExecuteAsync(ShowAgain, null, default));
        Assert.That(rows, Is.GreaterThan(0));
        Assert.That(kept, Is.EqualTo(anew));
    }

    private static async Task<string> TextAsync(SomeService service) => string.Join('\n', (await service.MetricsAsync(Months)).Values.Select(metric => metric.GetRawText()));

    private static async Task<int> BuiltAsync(SomeService service)
    {
        var n = 0;
        await service.Acme.WithDbAsync(async db => n = await db.FindAsync<int>(Built, null, default));
        return n;
    }

    private static Task<Id<Ticket>> SomeAsync(SomeService service, Random random)
    {
        var opened = new DateTimeOffset(2029, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 75));
        var isSolved = random.Next(4) > 0;
        string[] said = [.. Enumerable.Range(0, random.Next(5)).Select(i => $"{new[] { "agent", "customer", "bot" }[random.Next(3)]} {(i + 1) * random.Next(1, 900)}").OrderBy(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];
        var solved = opened.AddMinutes(random.Next(60 * 24 * 10));
        return service.TicketAsync(opened.ToString("O"), isSolved && solved < TestApi.Clock.GetUtcNow() ? solved.ToString("O") : null, said, reopens: random.Next(3) == 0 ? 1 : 0, source: random.Next(5) == 0 ? "check_in" : "api", channel: random.Next(2) == 0 ? 1 : 3);
    }

    private static Task ChangeAsync(SomeService service, Id<Ticket> id, Random random) => service.Acme.WithDbAsync(db => db.ExecuteAsync(random.Next(3) switch { 0 => Reopen, 1 => Solve, _ => Close }, new
    {
        Id = id, At = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 14)),
    }, default));

    private static readonly TenantSql Reopen = TenantSql.Of("UPDATE Tickets SET Category = 2, SolvedAt = NULL, ReopenCount = ReopenCount + 1, Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @Id");

    private static readonly TenantSql Solve = TenantSql.Of("UPDATE Tickets SET Category = 5, SolvedAt = @At, Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @Id AND CreatedAt < @At");

    private static readonly TenantSql Close = TenantSql.Of("UPDATE Tickets SET MergedIntoId = Id, Category = 6, Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @Id AND MergedIntoId IS NULL");

    private static readonly TenantSql Built = TenantSql.Of("SELECT COUNT(*) FROM ServiceDays d WHERE d.TenantId = @TenantId AND d.IsBuilt = 1");

    private static readonly TenantSql Hide = TenantSql.Of("UPDATE ServiceDays SET Part = Part + 100 WHERE TenantId = @TenantId");

    private static readonly TenantSql ShowAgain = TenantSql.Of("UPDATE ServiceDays SET Part = Part - 100 WHERE TenantId = @TenantId");
}
