using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tests.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Platform;

/// <summary>
/// Queue, bus and schedule over a SQLite file and a clock of a test's own, so that it may fail jobs, let leases run out
/// and see in which order tenants are served.
/// </summary>
internal sealed class WorkBench : IAsyncDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-bench-{Guid.NewGuid():N}.db");
    private readonly ServiceProvider services;
    private int lastTenant;

    private WorkBench(Action<IServiceCollection> more, IReadOnlyList<Recurring> schedule, (string, string)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("Jobs:Run", "false"), .. settings.Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2))]).Build();
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Database.For("Sqlite", $"Data Source={file}"))
            .AddScoped<CurrentTenant>().AddScoped<TenantDb>().AddScoped<EventLog>().AddSingleton<BusSignal>()
            .AddJobs(configuration).AddBus(configuration).AddSchedule(configuration, schedule)
            .AddSingleton<JobWorker>();
        more(collection);
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public SteppedTime Clock { get; } = new();
    public JobStore Store => services.GetRequiredService<JobStore>();
    public JobRunner Jobs => services.GetRequiredService<JobRunner>();
    public JobWorker Worker => services.GetRequiredService<JobWorker>();
    public Bus Bus => services.GetRequiredService<Bus>();
    public Ticker Ticker => services.GetRequiredService<Ticker>();
    public SystemDb Db => services.GetRequiredService<SystemDb>();
    public IServiceProvider Services => services;

    public static async Task<WorkBench> StartAsync(Action<IServiceCollection>? more = null, IReadOnlyList<Recurring>? schedule = null, params (string, string)[] settings)
    {
        var bench = new WorkBench(more ?? (_ => { }), schedule ?? [], settings);
        await new Migrator(bench.services.GetRequiredService<Database>(), bench.Clock).MigrateAsync(typeof(Program).Assembly, default);
        return bench;
    }

    public async Task<int> TenantAsync(string timeZone = "UTC")
    {
        var row = new { TenantId = ++lastTenant, AccountId = Guid.NewGuid().ToByteArray(), TimeZone = timeZone, Now = Clock.GetUtcNow() };
        await Db.ExecuteAsync(InsertTenant, row, default);
        await Db.ExecuteAsync(InsertHead, row, default);
        return row.TenantId;
    }

    /// <summary>In a scope of the tenant.</summary>
    public async Task AsAsync(int tenantId, Func<IServiceProvider, TenantDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenantId);
        await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<TenantDb>());
    }

    public Task EnqueueAsync<TWork>(int tenantId, TWork work, JobTerms? terms = null) where TWork : notnull =>
        AsAsync(tenantId, (scope, _) => scope.GetRequiredService<JobQueue>().EnqueueAsync(work, terms ?? new JobTerms(), default));

    public Task RecordAsync(int tenantId, params string[] types) => AsAsync(tenantId, (scope, db) => db.InTransactionAsync(() =>
    {
        foreach (var type in types) scope.GetRequiredService<EventLog>().Record(type, new { type });
        return Task.CompletedTask;
    }, default));

    public Task<IReadOnlyList<StoredJob>> JobsAsync() => Db.QueryAsync<StoredJob>(AllJobs, null, default);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    internal sealed record StoredJob
    {
        public required int TenantId { get; init; }
        public required Id<Job> Id { get; init; }
        public required JobStatus State { get; init; }
        public required int Attempts { get; init; }
        public required DateTimeOffset? DueAt { get; init; }
        public required string? LastError { get; init; }
    }

    private static readonly SystemSql InsertTenant = SystemSql.Of("""
        INSERT INTO Tenants (TenantId, AccountId, IsTest, Name, TimeZone, Currency, Locale, WeekStart, DiscountRate, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @AccountId, 0, 'Acme', @TimeZone, 'EUR', 'en', 1, 0.01, 1, @Now, @Now)
        """);

    private static readonly SystemSql InsertHead = SystemSql.Of("INSERT INTO EventHeads (TenantId, LastSeq) VALUES (@TenantId, 0)");

    private static readonly SystemSql AllJobs = SystemSql.Of("SELECT TenantId, Id, State, Attempts, DueAt, LastError FROM Jobs ORDER BY TenantId, Id");
}
