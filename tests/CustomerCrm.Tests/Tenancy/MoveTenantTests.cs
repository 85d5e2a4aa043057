using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Tests.CustomFields;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Tenancy;

/// <summary>A tenant moves from one database to another while the program runs, and nobody loses or doubles anything.</summary>
public class MoveTenantTests
{
    private readonly TwoDatabases both = new();

    [TearDown]
    public async Task StopAsync() => await both.DisposeAsync();

    [Test]
    public async Task What_is_written_meanwhile_is_there_once_and_others_notice_nothing()
    {
        var (acme, _) = await both.TenantsAsync();
        var neighbour = await both.NewAsync("Cedar"); // in main, too
        var (client, beside) = (both.Client(acme.Live.Key), both.Client(neighbour.Live.Key));
        for (var n = 0; n < 30; n++) await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = $"Early {n}" });
        await both.RunJobsAsync();
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => WriteUntilAsync(client, $"w{writer}", done.Token)).ToArray();
        var quiet = WriteUntilAsync(beside, "quiet", done.Token);

        var (exit, said) = await MoveAsync(acme, "--to", "eu");
        await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "After" });
        await done.CancelAsync();
        var written = (await Task.WhenAll(writers)).ToArray();
        await both.RunJobsAsync();

        Assert.That(exit, Is.Zero, said);
        Assert.That(written.SelectMany(w => w.Held), Is.Not.Empty.And.All.EqualTo((HttpStatusCode.ServiceUnavailable, "tenant_moving", true)));
        string[] expected = [.. Enumerable.Range(0, 30).Select(n => $"Early {n}"), "After", .. written.SelectMany(w => w.Names)];
        Assert.That(await NamesAsync(client), Is.EquivalentTo(expected));
        Assert.That(TwoDatabases.Count(both.EuFile, "Customers", acme.Live.TenantId), Is.EqualTo(expected.Length));
        Assert.That((await EventsAsync(client)).Count(type => type == "customer.created"), Is.EqualTo(expected.Length));
        Assert.That((await quiet).Held, Is.Empty);
        Assert.That(await NamesAsync(beside), Is.EquivalentTo((await quiet).Names));
    }

    [Test]
    public async Task All_that_a_tenant_has_comes_along_with_its_keys_files_jobs_and_the_search()
    {
        var (acme, _) = await both.TenantsAsync();
        var client = both.Client(acme.Live.Key);
        var ana = await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Ana Orchid", email = "ana@example.com" });
        await TwoDatabases.CreateAsync(client, $"/v1/customers/{ana.Id()}/consents", new { purpose = "marketing", channel = "email", state = "granted", proof = new { text = "Yes" } });
        await TwoDatabases.CreateAsync(client, "/v1/orders", new { customer_id = ana.Id(), placed_at = DateTimeOffset.UtcNow, payment_status = "paid", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 1000 } } });
        await both.RunJobsAsync();
        var segment = await TwoDatabases.CreateAsync(client, "/v1/segments", new { name = "Named", kind = "dynamic", rule = new { field = "order_count", op = "gte", value = 1 } }); // its job waits
        await FilesAsync(acme, files => { using var file = files.Create("kept.txt"); file.Write("hello"u8); });
        await TwoDatabases.CreateAsync(both.Client(acme.Test.Key), "/v1/customers", new { name = "A test" });

        var (exit, said) = await MoveAsync(acme, "--to", "eu");
        var foundAtOnce = await client.GetFromJsonAsync<JsonElement>("/v1/search?q=orchid");
        var later = await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Bea Orchid" });
        await both.RunJobsAsync();
        var (forgotten, _) = await MoveAsync(acme, "--forget");

        Assert.That((exit, forgotten), Is.EqualTo((0, 0)), said);
        Assert.That(foundAtOnce.GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await client.GetFromJsonAsync<JsonElement>("/v1/search?q=orchid")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
        Assert.That((await client.GetFromJsonAsync<JsonElement>($"/v1/segments/{segment.Id()}/members")).GetProperty("data").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await client.GetFromJsonAsync<JsonElement>($"/v1/customers/{ana.Id()}/360")).GetRawText(), Does.Contain("Orchid"));
        Assert.That(await NamesAsync(both.Client(acme.Test.Key)), Is.EqualTo(new[] { "A test" }));
        await FilesAsync(acme, files => Assert.That(files.Has("kept.txt")));
        foreach (var table in new[] { "Tenants", "Customers", "ConsentEntries", "Orders", "Events", "ApiKeys", "SearchDocuments", "TenantHolds" })
            Assert.That(TwoDatabases.Count(both.MainFile, table, acme.Live.TenantId), Is.Zero, table);
        Assert.That(later.Id(), Is.Not.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_move_that_was_cut_off_goes_on_where_it_was(int afterLines)
    {
        var (acme, _) = await both.TenantsAsync();
        var client = both.Client(acme.Live.Key);
        for (var n = 0; n < 10; n++) await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = $"C{n}" });
        using var cut = new CutOff(afterLines);

        Assert.That(() => Command.RunAsync(new(MoveTenantCommand.Name, $"{acme.Live.TenantId}", "--to", "eu"), cut, TextWriter.Null, cut.Token), Throws.InstanceOf<OperationCanceledException>());
        var meanwhile = await NamesAsync(client);
        var (exit, said) = await MoveAsync(acme, "--to", "eu");
        await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Late" });

        Assert.That(exit, Is.Zero, said);
        Assert.That(meanwhile, Has.Length.EqualTo(10));
        Assert.That(await NamesAsync(client), Is.EquivalentTo(meanwhile.Append("Late")));
        Assert.That(TwoDatabases.Count(both.EuFile, "Customers", acme.Live.TenantId), Is.EqualTo(11));
    }

    [Test]
    public async Task A_tenant_can_come_back_once_the_old_copy_is_forgotten()
    {
        var (acme, _) = await both.TenantsAsync();
        var client = both.Client(acme.Live.Key);
        await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Ana" });
        await MoveAsync(acme, "--to", "eu");

        var (tooEarly, why) = await MoveAsync(acme, "--to", "main");
        await MoveAsync(acme, "--forget");
        var (exit, said) = await MoveAsync(acme, "--to", "main");
        await TwoDatabases.CreateAsync(client, "/v1/customers", new { name = "Bea" });

        Assert.That((tooEarly, why), Is.EqualTo((1, why)));
        Assert.That(why, Does.Contain("--forget"));
        Assert.That(exit, Is.Zero, said);
        Assert.That(TwoDatabases.Count(both.MainFile, "Customers", acme.Live.TenantId), Is.EqualTo(2));
    }

    [TestCase("9999", "--to", "eu", "no tenant")]
    [TestCase("1", "--to", "mars", "no database 'mars'")]
    [TestCase("1", "--at", "eu", "Say who")]
    public async Task What_cannot_be_is_refused_by_a_sentence(string tenant, string option, string place, string why)
    {
        await both.TenantsAsync();
        var errors = new StringWriter();

        var exit = await Command.RunAsync(new(MoveTenantCommand.Name, tenant, option, place), TextWriter.Null, errors, default);

        Assert.That((exit, errors.ToString()), Is.EqualTo((1, errors.ToString())));
        Assert.That(errors.ToString(), Does.Contain(why));
    }

    private MoveTenantCommand Command => both.Services.GetRequiredService<MoveTenantCommand>();

    private async Task<(int Exit, string Said)> MoveAsync(NewAccount account, params string[] how)
    {
        var said = new StringWriter();
        return (await Command.RunAsync(new([MoveTenantCommand.Name, new CustomerCrm.Platform.Data.Id<CustomerCrm.Tenant.TenantAccount>(account.AccountId).ToString(), .. how]), said, said, default), said.ToString());
    }

    // As a shop does: the same request with the same key, until it is answered.
    private static async Task<(List<string> Names, List<(HttpStatusCode, string, bool)> Held)> WriteUntilAsync(HttpClient client, string writer, CancellationToken done)
    {
        var (names, held) = (new List<string>(), new List<(HttpStatusCode, string, bool)>());
        for (var n = 0; !done.IsCancellationRequested; n++)
        {
            for (var isWritten = false; !isWritten;)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = JsonContent.Create(new { name = $"{writer} {n}" }) };
                request.Headers.Add("Idempotency-Key", $"{writer}-{n}");
                var answer = await client.SendAsync(request, CancellationToken.None);
                isWritten = answer.StatusCode == HttpStatusCode.Created;
                if (!isWritten && answer.StatusCode != HttpStatusCode.TooManyRequests) held.Add((answer.StatusCode, (await Problem.OfAsync(answer)).Code, answer.Headers.RetryAfter is not null));
                if (!isWritten) await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None); // as Retry-After asks, but impatiently
            }
            names.Add($"{writer} {n}");
        }
        return (names, held);
    }

    private static async Task<string[]> NamesAsync(HttpClient client) => [.. await AllAsync(client, "/v1/customers", row => row.GetProperty("name").GetString()!)];

    private static Task<List<string>> EventsAsync(HttpClient client) => AllAsync(client, "/v1/events", row => row.GetProperty("type").GetString()!, "after");

    private static async Task<List<string>> AllAsync(HttpClient client, string path, Func<JsonElement, string> read, string place = "cursor")
    {
        var all = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await TestTenant.ReadAsync<JsonElement>(await client.GetAsync($"{path}?limit=100{(cursor is null ? "" : $"&{place}={cursor}")}"));
            all.AddRange(page.GetProperty("data").EnumerateArray().Select(read));
            if (!page.GetProperty("has_more").GetBoolean()) return all;
            cursor = page.GetProperty("next_cursor").GetString();
        }
    }

    private async Task FilesAsync(NewAccount account, Action<IFileStore> look)
    {
        await using var scope = both.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(account.Live.TenantId);
        look(scope.ServiceProvider.GetRequiredService<IFileStore>());
    }

    /// <summary>Ends the command when it has said so many lines, as kill would.</summary>
    private sealed class CutOff(int lines) : StringWriter
    {
        private readonly CancellationTokenSource source = new();
        private int said;

        public CancellationToken Token => source.Token;

        public override Task WriteLineAsync(string? value)
        {
            if (++said == lines) source.Cancel();
            return Task.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
