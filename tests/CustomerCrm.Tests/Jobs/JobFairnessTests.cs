using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Platform;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Jobs;

public class JobFairnessTests
{
    private readonly ErrandLog errands = new();
    private WorkBench bench = null!;

    [SetUp]
    public async Task StartAsync() => bench = await WorkBench.StartAsync(s => s.AddSingleton(errands).AddJob<ErrandJob, Errand>());

    [TearDown]
    public async Task StopAsync() => await bench.DisposeAsync();

    [Test]
    public async Task Thousands_of_jobs_of_one_tenant_delay_anothers_by_one()
    {
        var (big, small) = (await bench.TenantAsync(), await bench.TenantAsync());
        await EnqueueManyAsync(big, 5000);
        await bench.EnqueueAsync(small, new Errand("small"));
        await bench.EnqueueAsync(small, new Errand("small"));

        for (var i = 0; i < 6; i++) await bench.Jobs.RunNextAsync(default, default);

        Assert.That(errands.Ran.Select(r => r.Tenant), Is.EqualTo(new[] { big, small, big, small, big, big }));
    }

    [Test]
    public async Task A_tenant_that_another_process_queued_for_is_found_in_the_same_way()
    {
        var (big, small) = (await bench.TenantAsync(), await bench.TenantAsync());
        await EnqueueManyAsync(big, 100);
        await bench.Jobs.RunNextAsync(default, default);
        await bench.Db.ExecuteAsync(InsertElsewhere, new { Tenant = small, Id = Id<Job>.New(), Now = bench.Clock.GetUtcNow() }, default);

        await bench.Jobs.LookAsync(default);
        for (var i = 0; i < 2; i++) await bench.Jobs.RunNextAsync(default, default);

        Assert.That(errands.Ran.Select(r => r.Tenant), Is.EqualTo(new[] { big, big, small }));
    }

    [Test]
    public async Task One_tenant_never_fills_all_workers()
    {
        var (big, small) = (await bench.TenantAsync(), await bench.TenantAsync());
        await EnqueueManyAsync(big, 10);
        var release = new TaskCompletionSource();
        errands.Do = (name, _) => name == "big" ? release.Task : Task.CompletedTask;

        var stuck = bench.Jobs.RunNextAsync(default, default); // the first of two workers
        var second = await bench.Jobs.RunNextAsync(default, default);
        await bench.EnqueueAsync(small, new Errand("small"));
        var third = await bench.Jobs.RunNextAsync(default, default);
        release.SetResult();

        Assert.That(await stuck, Is.True);
        Assert.That((second, third), Is.EqualTo((false, true)));
        Assert.That(errands.Names, Is.EquivalentTo(new[] { "big", "small" }));
    }

    [TestCase("Claim")]
    [TestCase("TenantsDue")]
    public async Task Taking_a_job_never_reads_through_the_queue(string statement)
    {
        var sql = (SystemSql)typeof(JobStore).GetField(statement, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.GetValue(null)!;

        var plan = await PlanAsync(sql.Sqlite);

        Assert.That(plan, Has.Some.Contains("SEARCH j USING").And.Some.Contains("IX_Jobs_Due"));
        Assert.That(plan, Has.None.Contains("SCAN Jobs").And.None.Contains("SCAN j").And.None.Contains("TEMP B-TREE"));
    }

    private Task EnqueueManyAsync(int tenantId, int count) => bench.AsAsync(tenantId, (scope, db) => db.InTransactionAsync(async () =>
    {
        for (var i = 0; i < count; i++) await scope.GetRequiredService<JobQueue>().EnqueueAsync(new Errand("big"), default);
    }, default));

    private async Task<IReadOnlyList<string>> PlanAsync(string text)
    {
        await using var connection = await bench.Services.GetRequiredService<Database>().ConnectAsync(default);
        var plan = await connection.QueryAsync<(int Id, int Parent, int Unused, string Detail)>(
            $"EXPLAIN QUERY PLAN {text}", new { Tenant = 1, Now = "", Until = "", Me = "" });
        return [.. plan.Select(p => p.Detail)];
    }

    private static readonly SystemSql InsertElsewhere = SystemSql.Of("""
        INSERT INTO Jobs (TenantId, Id, Kind, Payload, State, DueAt, Attempts, Fence, EnqueuedAt)
        VALUES (@Tenant, @Id, 'errand', '{"Name":"small"}', 0, @Now, 0, 0, @Now)
        """);
}
