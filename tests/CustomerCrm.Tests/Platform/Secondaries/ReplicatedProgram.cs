using System.Net.Http.Headers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secondaries;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerCrm.Tests.Platform.Secondaries;

/// <summary>The real application over a SQLite file with a secondary, which follows when a test says so.</summary>
internal sealed class ReplicatedProgram : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("crm-replicated-");
    private readonly Database primary;
    private readonly SecondaryWatch watch;

    public ReplicatedProgram()
    {
        primary = Database.For("Sqlite", $"Data Source={Path.Combine(folder.FullName, "crm.db")}");
        Replica = new FollowingDatabase(primary, folder.FullName);
        primary.Secondary = new Secondary(Replica, ReadTerms.Default, Clock);
        Databases = new Databases(primary);
        watch = new SecondaryWatch(Databases, NullLogger<SecondaryWatch>.Instance);
    }

    public ManualClock Clock { get; } = new();

    public FollowingDatabase Replica { get; }

    public Databases Databases { get; }

    /// <summary>The seconds pass in which a tenant's own writes are waited for, and the secondary has all that is there.</summary>
    public async Task FollowAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(10));
        await LookAsync(); // writes the time
        await Replica.FollowAsync();
        await LookAsync(); // and finds it
    }

    public Task LookAsync() => watch.LookAsync(primary, default);

    /// <summary>Of what another process writes, this one hears nothing.</summary>
    public Task ElsewhereAsync(SystemSql statement) => primary.System.ExecuteAsync(statement, null, default);

    public async Task<HttpClient> TenantAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var profile = new TenantProfile { Name = "Acme", TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 };
        var account = await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(profile, default);
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Live.Key);
        return client;
    }

    public async Task RunJobsAsync()
    {
        var (jobs, bus) = (Services.GetRequiredService<JobRunner>(), Services.GetRequiredService<Bus>());
        while (await jobs.RunDueAsync(default) + await bus.RunDueAsync(default) > 0) { }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:ConnectionString", $"Data Source={Path.Combine(folder.FullName, "crm.db")}");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Demo:Seed", "false");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureServices(services => services
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)).Replace(ServiceDescriptor.Singleton(Databases)).Replace(ServiceDescriptor.Singleton(primary)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Replica.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
