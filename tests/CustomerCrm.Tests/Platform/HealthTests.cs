using System.Net;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Platform;

public class HealthTests
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-health-{Guid.NewGuid():N}.db");
    private WebApplication app = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Database.For("Sqlite", $"Data Source={file}")).AddHealth(builder.Configuration);
        app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }

    [Test]
    public async Task It_is_ready_once_it_is_migrated_until_it_stops_and_alive_throughout()
    {
        var answers = new List<(HttpStatusCode Live, HttpStatusCode Ready)> { await AskAsync() };
        await MigrateAsync();
        answers.Add(await AskAsync());
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        answers.Add(await AskAsync());

        Assert.That(answers, Is.EqualTo(new[]
        {
            (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable),
            (HttpStatusCode.OK, HttpStatusCode.OK),
            (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable),
        }));
    }

    [Test]
    public async Task It_is_not_ready_while_the_database_takes_no_write()
    {
        app.Services.GetRequiredService<Readiness>().Migrated(); // so it says, but there is no table to write to

        var (live, ready) = await AskAsync();

        Assert.That((live, ready), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable)));
    }

    [Test]
    public async Task It_tells_nothing_but_its_status()
    {
        await MigrateAsync();

        var ready = await app.GetTestClient().GetStringAsync("/health/ready");

        Assert.That(ready, Is.EqualTo("""{"status":"ready"}"""));
    }

    [Test]
    public async Task The_real_program_answers_without_a_key()
    {
        var ready = await TestApi.NewClient().GetAsync("/health/ready");
        var live = await TestApi.NewClient().GetAsync("/health/live");

        Assert.That((ready.StatusCode, live.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
    }

    private async Task MigrateAsync()
    {
        await new Migrator(app.Services.GetRequiredService<Database>(), TimeProvider.System).MigrateAsync(typeof(Program).Assembly, default);
        app.Services.GetRequiredService<Readiness>().Migrated();
    }

    private async Task<(HttpStatusCode Live, HttpStatusCode Ready)> AskAsync()
    {
        var client = app.GetTestClient();
        return ((await client.GetAsync("/health/live")).StatusCode, (await client.GetAsync("/health/ready")).StatusCode);
    }
}
