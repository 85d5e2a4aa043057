using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Webhooks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CustomerCrm.Tests.Webhooks;

/// <summary>The application with a clock of its own, that may send to this machine: so that days of retries take no time.</summary>
internal sealed class WebhookHost : WebApplicationFactory<Program>
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crm-webhooks-{Guid.NewGuid():N}.db");

    public ManualClock Clock { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Database:ConnectionString", $"Data Source={file}");
        builder.UseSetting("Jobs:Run", "false");
        builder.UseSetting("Demo:Seed", "false");
        builder.UseSetting("Signup:Mode", "open");
        builder.UseSetting("Outbound:AllowInternal", "true");
        builder.UseSetting("Webhooks:Timeout", "00:00:01");
        builder.UseSetting("RateLimits:PerKey:Capacity", "0");
        builder.UseSetting("RateLimits:PerTenant:Capacity", "0");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    /// <summary>A client with a key of a new tenant.</summary>
    public async Task<HttpClient> TenantAsync()
    {
        using var nobody = CreateClient();
        var made = await TestTenant.ReadAsync<JsonElement>(await nobody.PostAsJsonAsync("/v1/tenants", new { name = "Acme" }));
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("live").GetProperty("key").GetString());
        return client;
    }

    /// <summary>Jobs, events and webhooks, until there is nothing more to do now.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> RunAsync()
    {
        var (jobs, bus, sender) = (Services.GetRequiredService<JobRunner>(), Services.GetRequiredService<Bus>(), Services.GetRequiredService<WebhookSender>());
        for (var sent = 0; ;)
        {
            var done = await jobs.RunDueAsync(default) + await bus.RunDueAsync(default);
            var attempts = await sender.RunDueAsync(default);
            sent += attempts;
            if (done + attempts == 0) return sent;
        }
    }

    /// <summary>Jobs and events, and no webhooks yet.</summary>
    public async Task HandOnAsync()
    {
        while (await Services.GetRequiredService<JobRunner>().RunDueAsync(default) + await Services.GetRequiredService<Bus>().RunDueAsync(default) > 0) { }
    }

    /// <summary>Begins to send what is due, and is never heard of again.</summary>
    public async Task BeginAndDieAsync()
    {
        foreach (var lease in await Services.GetRequiredService<WebhookClaims>().TakeAsync(default))
        {
            await using var scope = Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(lease.TenantId);
            var queue = scope.ServiceProvider.GetRequiredService<WebhookQueue>();
            await queue.BeginAsync(lease, (await queue.LookAsync(lease, 10, default))!.Value.Due, default);
        }
    }

    /// <summary>How many deliveries there are of a webhook, deleted or not.</summary>
    public async Task<int> RowsOfAsync(string webhook)
    {
        var rows = await Services.GetRequiredService<SystemDb>().QueryAsync<int>(Deliveries, new { WebhookId = Id<Webhook>.Parse(webhook).ToBytes() }, default);
        return rows.Single();
    }

    private static readonly SystemSql Deliveries = SystemSql.Of("SELECT COUNT(*) AS Many FROM WebhookDeliveries d WHERE d.WebhookId = @WebhookId");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*")) File.Delete(left);
    }
}

/// <summary>What tests ask of webhooks.</summary>
internal static class WebhookCalls
{
    public static async Task<JsonElement> PostAsync(this HttpClient http, string path, object body) =>
        await TestTenant.ReadAsync<JsonElement>(await http.PostAsJsonAsync(path, body));

    public static async Task<JsonElement> ShowAsync(this HttpClient http, string path) => await TestTenant.ReadAsync<JsonElement>(await http.GetAsync(path));

    public static async Task<string> WebhookAsync(this HttpClient http, string url, params string[] events) =>
        (await http.PostAsync("/v1/webhooks", new { url, events })).GetProperty("id").GetString()!;

    public static async Task<string> CustomerAsync(this HttpClient http, string name = "Ada") =>
        (await http.PostAsync("/v1/customers", new { name })).GetProperty("id").GetString()!;

    public static async Task<JsonElement[]> DeliveriesAsync(this HttpClient http, string webhook, string query = "") =>
        [.. (await http.ShowAsync($"/v1/webhooks/{webhook}/deliveries?limit=100{query}")).GetProperty("data").EnumerateArray()];

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
