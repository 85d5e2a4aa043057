using CustomerCrm.Demo.Service;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerCrm.Demo;

/// <summary>In Development, over SQLite: once the API listens, sees to the demo tenant and says how to try it. Setting <c>Demo:Seed</c>.</summary>
internal sealed class DemoHost(
    IServer server, IHostApplicationLifetime life, Database database, KeyScopes scopes, TimeProvider clock, ILogger<DemoHost> log) : BackgroundService
{
    public static bool IsWanted(IHostEnvironment environment, IConfiguration configuration) =>
        environment.IsDevelopment() && configuration.GetValue("Demo:Seed", true);

    /// <summary>With a clock that the demo may turn back for what it writes itself.</summary>
    public static void Add(IServiceCollection services) => services.AddSingleton<DemoClock>().Replace(ServiceDescriptor.Singleton<TimeProvider>(all => all.GetRequiredService<DemoClock>())).AddHostedService<DemoHost>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.FileName is not { } file) return; // a server's database may be shared: no demo there
        await StartedAsync(stoppingToken);
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address) return;
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
            await RunAsync(new DemoLoader(http), $"{file}.demo.json", address, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            log.LogWarning(e, "The demo could not be loaded; the API works without it");
        }
    }

    private async Task RunAsync(DemoLoader loader, string ticketFile, string address, CancellationToken ct)
    {
        var ticket = DemoTicket.Read(ticketFile);
        if (ticket is null || !await loader.IsKnownAsync(ticket.Key, ct))
        {
            ticket = new DemoTicket(await loader.SignUpAsync(ct), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), IsLoaded: false);
            ticket.Write(ticketFile);
        }
        loader.Use(ticket.Key);
        if (!ticket.IsLoaded)
        {
            await Console.Out.WriteLineAsync(DemoWelcome.Loading(address, ticket.Key));
            await loader.LoadAsync(new DemoShop(ticket.Today), ct);
            await DemoWelcome.PrepareAsync(loader, ct);
            await new DemoService(loader, scopes).LoadAsync(ticket.Key, ticket.Today, ct);
            (ticket with { IsLoaded = true }).Write(ticketFile);
        }
        await Console.Out.WriteLineAsync(await DemoWelcome.ReadyAsync(loader, address, ticket.Key, ct));
    }

    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }
}
