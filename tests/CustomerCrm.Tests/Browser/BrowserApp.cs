using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Browser;

/// <summary>The real application on a real port of this machine, over a SQLite file of its own: for what only a browser or a socket shows.</summary>
internal sealed class BrowserApp : WebApplicationFactory<Program>
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-browser-{Guid.NewGuid():N}.db");
    private readonly Action<ILoggingBuilder> logging;
    private readonly (string Name, string Value)[] settings;

    private BrowserApp(Action<ILoggingBuilder> logging, (string, string)[] settings) => (this.logging, this.settings) = (logging, settings);

    public Uri Address { get; private set; } = null!;

    public static BrowserApp Start(Action<ILoggingBuilder>? logging = null, params (string Name, string Value)[] settings)
    {
        var app = new BrowserApp(logging ?? (builder => builder.SetMinimumLevel(LogLevel.Error)), settings);
        app.UseKestrel(0);
        app.StartServer();
        app.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        return app;
    }

    /// <summary>A tenant of its own, and what a scope of it can do.</summary>
    public async Task<T> AsTenantAsync<T>(string name, Func<IServiceProvider, NewAccount, Task<T>> work)
    {
        NewAccount account;
        await using (var making = Services.CreateAsyncScope())
            account = await making.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(
                new TenantProfile { Name = name, TimeZone = "UTC", Currency = "EUR", Locale = "en", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 }, default);
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(account.Live.TenantId);
        return await work(scope.ServiceProvider, account);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:Engine", "Sqlite");
        builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Demo:Seed", "false");
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }
}
