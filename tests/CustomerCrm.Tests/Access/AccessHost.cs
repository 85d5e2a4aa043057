using System.Net.Http.Headers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Access;

/// <summary>The platform's way in with a few routes behind it and a clock of its own: for what is about time, which the whole app shares.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string file;

    private AccessHost(WebApplication app, string file) => (this.app, this.file) = (app, file);

    public required SteppedTime Clock { get; init; }

    public IServiceProvider Services => app.Services;

    /// <param name="settings">As in appsettings.json.</param>
    /// <param name="sharing">Another process on the same database: the same file, its own memory.</param>
    public static async Task<AccessHost> StartAsync(AccessHost? sharing = null, params (string Name, string Value)[] settings)
    {
        var file = sharing?.file ?? Path.Combine(Path.GetTempPath(), $"access-{Guid.NewGuid():n}.db");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        DapperTypes.Register(typeof(Program).Assembly, typeof(TenantDb).Assembly);
        var clock = new SteppedTime();
        builder.Services.AddSingleton<TimeProvider>(_ => clock);
        builder.Services.AddSingleton(Database.For("Sqlite", $"Data Source={file}"));
        builder.Services.AddSingleton<SystemDb>();
        builder.Services.AddScoped<CurrentTenant>();
        builder.Services.AddScoped<TenantDb>();
        builder.Services.AddScoped<TenantRegistry>();
        builder.Services.AddAccess();
        var app = builder.Build();
        app.Use(WriteProblems);
        app.UseAccess();
        app.MapGet("/v1/customers", (CurrentTenant tenant) => tenant.Id).Needs("customers:read");
        app.MapPost("/v1/customers", (CurrentTenant tenant) => tenant.Id).Needs("customers:write");
        app.MapGet("/v1/forgotten", () => 1);
        app.MapPost("/v1/tenants", (CurrentTenant tenant) => tenant.Id).NeedsOperator();
        app.MapPost("/v1/open", (CurrentTenant tenant) => tenant.Id).NeedsOperator(unlessOpen: true);
        app.MapGet("/health/live", () => "up");
        await new Migrator(app.Services.GetRequiredService<Database>(), clock).MigrateAsync(typeof(Program).Assembly, default);
        await app.StartAsync();
        return new AccessHost(app, file) { Clock = clock };
    }

    public async Task<NewAccount> NewAccountAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TenantRegistry>().CreateAsync(
            new TenantProfile { Name = "Acme", TimeZone = "Europe/Berlin", Currency = "EUR", Locale = "de-DE", WeekStart = DayOfWeek.Monday, DiscountRate = 0.01 }, default);
    }

    public HttpClient With(string? key)
    {
        var http = app.GetTestClient();
        if (key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*")) File.Delete(left);
    }

    // As the app does it, less the body: only its outcome matters here.
    private static async Task WriteProblems(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ApiProblem problem)
        {
            context.Response.StatusCode = problem.Status;
            await context.Response.WriteAsync($"{problem.Code}: {problem.Message}");
        }
    }
}
