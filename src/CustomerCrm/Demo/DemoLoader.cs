using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Json;
using CustomerCrm.Tenants;

namespace CustomerCrm.Demo;

/// <summary>Loads the demo shop the way any storefront would: through the public API. Doing it again changes nothing.</summary>
internal sealed class DemoLoader(HttpClient http)
{
    public async Task<string> SignUpAsync(CancellationToken ct)
    {
        var answer = await PostAsync("/v1/tenants", new CreateTenant.Request { Name = "Demo Coffee Roasters", TimeZone = "America/New_York", Currency = "USD", Locale = "en-US" }, ct);
        return answer.GetProperty("live").GetProperty("key").GetString()!;
    }

    /// <returns>Whether the key is still one of a tenant: the database may have been deleted since.</returns>
    public async Task<bool> IsKnownAsync(string key, CancellationToken ct)
    {
        Use(key);
        using var me = await http.GetAsync("/v1/me", ct);
        return me.StatusCode == HttpStatusCode.OK;
    }

    public void Use(string key) => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    public async Task LoadAsync(DemoShop shop, CancellationToken ct)
    {
        using var quiet = Quietly();
        foreach (var some in shop.Customers.Chunk(Batch.MostItems)) await PostAsync("/v1/customers/batch", new AddManyCustomers.Request { Items = some }, ct);
        foreach (var some in shop.Orders.Chunk(Batch.MostItems)) await PostAsync("/v1/orders/batch", new UpsertOrders.Request { Items = some }, ct);
        foreach (var some in shop.Interactions.Chunk(Batch.MostItems)) await PostAsync("/v1/interactions/batch", new RecordManyInteractions.Request { Items = some }, ct);
    }

    /// <summary>What is sent until this is over is history, and starts nothing.</summary>
    public IDisposable Quietly()
    {
        http.DefaultRequestHeaders.TryAddWithoutValidation("Crm-Quiet", "true");
        return new Loud(http);
    }

    /// <param name="path">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="once">Sent again under the same name, by a start that goes on with what one before it began, it is done only once.</param>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken ct, string? once = null) => SendAsync(HttpMethod.Post, path, body, once, ct);

    public Task<JsonElement> PatchAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Patch, path, body, null, ct);

    public async Task PutAsync(string path, CancellationToken ct)
    {
        using var response = await http.PutAsync(path, null, ct);
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body, string? once, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, body.GetType(), options: StrictJson.Options) };
        if (once is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", $"demo:{once}");
        using var response = await http.SendAsync(request, ct);
        var answer = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"The demo could not be loaded: {path} answered {(int)response.StatusCode} {answer}");
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct) => await http.GetFromJsonAsync<JsonElement>(path, ct);

    private sealed class Loud(HttpClient http) : IDisposable
    {
        public void Dispose() => http.DefaultRequestHeaders.Remove("Crm-Quiet");
    }
}
