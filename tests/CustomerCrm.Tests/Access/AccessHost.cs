using System.Net.Http.Headers;
using CustomerCrm.ApiKeys;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Access;

/// <summary>The platform's way in with a few routes behind it and a clock of its own: for what is about time, which the whole app shares.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string file;

    private readonly bool isOwner;

    private AccessHost(WebApplication app, string file, bool isOwner) => (this.app, this.file, this.isOwner) = (app, file, isOwner);

    public required SteppedTime Clock { get; init; }

    public IServiceProvider Services => app.Services;

    /// <param name="settings">As in appsettings.json.</param>
    /// <param name="sharing">Another process on the same database: the same file, its own memory.</param>
    public static async Task<AccessHost> StartAsync(AccessHost? sharing = null, params (string Name, string Value)[] settings)
    {
        var isOwner = sharing is null;
        var file = sharing?.file ?? Path.Combine(Path.GetTempPath(), $"access-{Guid.NewGuid():n}.db");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var clock = sharing?.Clock ?? new SteppedTime();
        builder.Services.AddSingleton<TimeProvider>(_ => clock).AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, CallerAddress>();
        builder.Configuration["Database:ConnectionString"] = $"Data Source={file}";
        builder.Services.AddPlatform(builder.Configuration, typeof(Program).Assembly);
        builder.Services.AddAccess();
        builder.Configuration["Jobs:Run"] = "false";
        builder.Services.AddJobs(builder.Configuration);
        builder.Services.AddPeople(builder.Environment);
        var app = builder.Build();
        app.UsePlatform();
        app.UseRouting();
        app.UseAccess();
        app.UseApiRules();
        var api = app.MapApi();
        api.MapGet("/customers", (CurrentTenant tenant) => tenant.Id).Needs("customers:read");
        api.MapPost("/customers", (CurrentTenant tenant) => tenant.Id).Needs("customers:write");
        api.MapPost("/track", (CurrentTenant tenant) => tenant.Id).Needs("track:write", alsoFromBrowsers: true).ReadsOnly();
        api.MapGet("/forgotten", () => 1);
        api.MapPost("/tenants", (CurrentTenant tenant) => tenant.Id).NeedsOperator();
        api.MapPost("/open", (CurrentTenant tenant) => tenant.Id).NeedsOperator(unlessOpen: true);
        api.MapApiKeys();
        api.MapSessions();
        app.MapGet("/health/live", () => "up");
        await app.Services.GetRequiredService<Databases>().MigrateAsync(typeof(Program).Assembly, clock, default);
        await app.Services.GetRequiredService<SecretBox>().PrepareAsync(default);
        await app.StartAsync();
        return new AccessHost(app, file, isOwner) { Clock = clock };
    }

    public async Task<NewAccount> NewAccountAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(
            new TenantProfile { Name = "Acme", TimeZone = "Europe/Berlin", Currency = "EUR", Locale = "de-DE", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 }, default);
    }

    /// <summary>A person who is signed in to the live data.</summary>
    public async Task<IssuedTokens> SignInAsync(NewAccount account, string email)
    {
        await using var scope = Services.CreateAsyncScope();
        var (people, db) = (scope.ServiceProvider.GetRequiredService<PeopleStore>(), scope.ServiceProvider.GetRequiredService<TenantDb>());
        IssuedTokens? tokens = null;
        await db.InTransactionAsync(async () =>
        {
            var person = await people.AddAsync(email, email, "Ada Lovelace", await TestUser.PasswordHashAsync(), default);
            await people.JoinAsync(person, account.Live.TenantId, Role.Owner, default);
        }, default);
        var user = (await people.MembershipsAsync((await people.FindAsync(email, default))!, default))[0];
        await db.InTransactionAsync(async () => tokens = await scope.ServiceProvider.GetRequiredService<SessionTokens>().OpenAsync(user, new byte[32], null, default), default);
        return tokens!;
    }

    public HttpClient With(string? key)
    {
        var http = app.GetTestClient();
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (!isOwner) return;
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*")) File.Delete(left);
    }
}
