using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Benchmarks.Http;

namespace CustomerCrm.Benchmarks.Kill;

/// <summary>A client that behaves well: what it got no answer to it sends again, under the same <c>Idempotency-Key</c>.</summary>
internal sealed class KillWriter(int number)
{
    public const string Sku = "TEA";

    private int next, acknowledged;
    private string? customerWithoutOrder;

    /// <summary>Acknowledged customers: their ids by name.</summary>
    public Dictionary<string, string> Customers { get; } = [];

    /// <summary>The ids of acknowledged orders.</summary>
    public List<string> Orders { get; } = [];

    /// <summary>How often an answer was one that had been given before the kill, or had been on its way.</summary>
    public int Replayed { get; private set; }

    public int Acknowledged => Volatile.Read(ref acknowledged);

    public async Task WriteUntilKilledAsync(ServerProcess program, string key)
    {
        using var client = program.Client(key);
        try
        {
            while (true) await StepAsync(client);
        }
        catch (Exception e) when (IsKilled(e))
        {
            // The step was not acknowledged; the next program is asked again.
        }
    }

    /// <summary>What is still unanswered, to its end.</summary>
    public async Task RepeatAsync(ServerProcess program, string key)
    {
        using var client = program.Client(key);
        do await StepAsync(client);
        while (customerWithoutOrder is not null);
    }

    public static bool IsKilled(Exception e) => e is HttpRequestException or IOException or OperationCanceledException;

    // A customer, then its order; each step again until it is answered.
    private async Task StepAsync(HttpClient client)
    {
        var name = $"w{number}-{next}";
        if (customerWithoutOrder is not { } customer)
        {
            if (await SendAsync(client, "/v1/customers", $"c-{name}", new { name, email = $"{name}@example.com" }) is not { } id) return;
            Customers.Add(name, id);
            customerWithoutOrder = id;
            return;
        }
        var order = new { customer_id = customer, lines = new[] { new { sku = Sku, name = "Tea", quantity = 1, unit_price_minor = 500 } } };
        if (await SendAsync(client, "/v1/orders", $"o-{name}", order) is not { } orderId) return;
        Orders.Add(orderId);
        customerWithoutOrder = null;
        next++;
    }

    private async Task<string?> SendAsync(HttpClient client, string path, string idempotencyKey, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", idempotencyKey } } };
        using var answer = await client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) // busy, or the tenant is on its way: nothing was changed
        {
            await Task.Delay(20);
            return null;
        }
        answer.EnsureSuccessStatusCode();
        if (answer.Headers.Contains("Idempotent-Replayed")) Replayed++;
        Interlocked.Increment(ref acknowledged);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
    }
}
