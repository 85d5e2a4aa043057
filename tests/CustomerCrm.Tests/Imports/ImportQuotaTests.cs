using System.Text.Json;
using CustomerCrm.Imports;
using CustomerCrm.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Imports;

/// <summary>A tenant that may import a thousand rows more today.</summary>
public class ImportQuotaTests
{
    private const int Rows = 600;
    private static readonly DateOnly today = DateOnly.FromDateTime(TestApi.Clock.GetUtcNow().UtcDateTime);
    private TestTenant acme = null!;
    private long used;
    private string id = null!;

    [SetUp]
    public async Task NewTenantAsync()
    {
        acme = await TestTenant.NewAsync();
        used = TestApi.Services.GetRequiredService<IOptions<ImportOptions>>().Value.RowsPerDay - 1000;
        await acme.WithDbAsync(db => db.ExecuteAsync(Use, new { Today = today, Rows = used }, default));
        id = await SomeFiles.UploadedAsync(acme, "email\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"p{i}@example.com\n")));
    }

    [Test]
    public async Task More_rows_than_are_left_today_are_refused()
    {
        await SomeFiles.DoAsync(acme, id, "run");
        var again = await SomeFiles.UploadedAsync(acme, "email\n" + string.Concat(Enumerable.Range(0, 401).Select(i => $"q{i}@example.com\n")));

        var problem = await Problem.OfAsync(await acme.Http.PostAsync($"/v1/imports/{again}/run", null));

        Assert.That(problem.Document.GetProperty("violated-policies")[0].GetString(), Is.EqualTo("imported_rows_per_day"));
        Assert.That(await UsedAsync(), Is.EqualTo(used + Rows));
    }

    [Test]
    public async Task Rows_that_a_cancelled_run_did_not_write_are_not_counted()
    {
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await acme.Http.PostAsync($"/v1/imports/{id}/run", null);
            await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/cancel", null));
        });
        var cancelled = await UsedAsync();

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((cancelled, import.Text("status")), Is.EqualTo((used, "finished")));
        Assert.That(await UsedAsync(), Is.EqualTo(used + Rows));
    }

    [Test]
    public async Task Rows_that_a_failed_run_did_not_write_are_not_counted()
    {
        foreach (var file in Directory.GetFiles($"{TestApi.DatabaseFile}-files/{acme.Id}")) File.Delete(file);

        var import = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((import.Text("status"), import.Text("failure_code")), Is.EqualTo(("failed", "file_missing")));
        Assert.That(await UsedAsync(), Is.EqualTo(used));
    }

    [Test]
    public async Task What_was_counted_yesterday_is_not_given_back_today()
    {
        await TestApi.BeforeJobsRunAsync(async () =>
        {
            await acme.Http.PostAsync($"/v1/imports/{id}/run", null);
            await acme.WithDbAsync(db => db.ExecuteAsync(CountEarlier, new { Yesterday = today.AddDays(-1) }, default));
            await TestTenant.ReadAsync<JsonElement>(await acme.Http.PostAsync($"/v1/imports/{id}/cancel", null));
        });

        Assert.That(await UsedAsync(), Is.EqualTo(used + Rows));
    }

    private async Task<long> UsedAsync()
    {
        var rows = 0L;
        await acme.WithDbAsync(async db => rows = await db.FindAsync<long>(Used, new { Today = today }, default));
        return rows;
    }

    private static readonly TenantSql Use = TenantSql.Of("INSERT INTO ImportUsage (TenantId, UsedOn, RowTotal) VALUES (@TenantId, @Today, @Rows)");
    private static readonly TenantSql Used = TenantSql.Of("SELECT RowTotal FROM ImportUsage WHERE TenantId = @TenantId AND UsedOn = @Today");
    private static readonly TenantSql CountEarlier = TenantSql.Of("UPDATE Imports SET CountedOn = @Yesterday WHERE TenantId = @TenantId");
}
