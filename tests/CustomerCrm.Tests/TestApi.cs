using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace CustomerCrm.Tests;

/// <summary>The real application, started once for the whole run. Tests stay apart by each having a tenant of its own.</summary>
[SetUpFixture]
public sealed class TestApi
{
    private static readonly Application application = new();
    private static readonly SemaphoreSlim oneAtATime = new(1);

    internal static FakeClock Clock { get; } = new(new DateTimeOffset(2030, 1, 15, 9, 0, 0, TimeSpan.Zero));

    /// <summary>Where tenants' accounts at SendGrid and Twilio lead.</summary>
    internal static Outbound.StubProvider Providers { get; } = Outbound.StubProvider.StartAsync().GetAwaiter().GetResult();

    internal static IServiceProvider Services => application.Services;
    internal static string DatabaseFile { get; } = Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}.db");
    internal static bool IsSqlServer => Environment.GetEnvironmentVariable("CRM_TEST_ENGINE") == "SqlServer";

    /// <summary>A client without any credential.</summary>
    /// <param name="from">The address that it seems to call from; one of its own, if nothing is said.</param>
    internal static HttpClient NewClient(string? from = null)
    {
        var client = application.CreateDefaultClient(new Contract.ContractCheck());
        client.DefaultRequestHeaders.Add(CallerAddress.Header, from ?? CallerAddress.New());
        return client;
    }

    /// <summary>Runs everyone's due jobs and hands all events to their consumers, until there is nothing more to do.</summary>
    internal static async Task RunJobsAsync()
    {
        await oneAtATime.WaitAsync(); // else a second test sees no news while the first still hands it on
        try
        {
            var (jobs, bus) = (Services.GetRequiredService<JobRunner>(), Services.GetRequiredService<Bus>());
            while (await jobs.RunDueAsync(default) + await bus.RunDueAsync(default) > 0) { }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>What must be seen before anybody's jobs run: no test runs them meanwhile.</summary>
    internal static async Task BeforeJobsRunAsync(Func<Task> work)
    {
        await oneAtATime.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>As if the second were over for which a key is believed.</summary>
    internal static void ForgetKey(Guid keyId) => Services.GetRequiredService<ApiKeyCache>().Forget(keyId);

    [OneTimeSetUp]
    public static void Start() => _ = application.Services; // before any test: starting is not thread-safe

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        await application.DisposeAsync();
        await Providers.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(DatabaseFile) + "*")) File.Delete(file);
        if (Directory.Exists($"{DatabaseFile}-files")) Directory.Delete($"{DatabaseFile}-files", recursive: true);
    }

    private sealed class Application : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Database:Engine", IsSqlServer ? "SqlServer" : "Sqlite");
            builder.UseSetting("Database:ConnectionString", IsSqlServer ? Environment.GetEnvironmentVariable("CRM_TEST_CONNECTION") : $"Data Source={DatabaseFile}");
            builder.UseSetting("Outbound:SendGrid:BaseUrl", Providers.Url);
            builder.UseSetting("Outbound:Twilio:BaseUrl", Providers.Url);
            builder.UseSetting("Jobs:Run", "false"); // tests run the queue by hand
            builder.UseSetting("Demo:Seed", "false");
            builder.UseSetting("Signup:Mode", "open");
            builder.UseSetting("RateLimits:PerKey:Capacity", "1000000"); // some tests are storefronts in a hurry
            builder.UseSetting("RateLimits:PerTenant:Capacity", "1000000");
            builder.UseSetting("RateLimits:PerVisitor:Capacity", "1000000");
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)).AddSingleton<IStartupFilter, CallerAddress>());
        }
    }
}

/// <summary>Stands still; the monotonic side runs on, since nothing that tests may assert depends on it.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
