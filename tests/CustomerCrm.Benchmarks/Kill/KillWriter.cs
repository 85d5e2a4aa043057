namespace CustomerCrm.Benchmarks.Kill;

/// <summary>A storefront: a customer, then its order.</summary>
internal sealed class KillWriter(int number) : KillClient
{
    public const string Sku = "TEA";

    private int next;
    private string? customerWithoutOrder;

    /// <summary>Acknowledged customers: their ids by name.</summary>
    public Dictionary<string, string> Customers { get; } = [];

    /// <summary>The ids of acknowledged orders.</summary>
    public List<string> Orders { get; } = [];

    protected override bool IsHalfway => customerWithoutOrder is not null;

    protected override async Task StepAsync(HttpClient client)
    {
        var name = $"w{number}-{next}";
        if (customerWithoutOrder is not { } customer)
        {
            if (await SendAsync(client, HttpMethod.Post, "/v1/customers", $"c-{name}", new { name, email = $"{name}@example.com" }) is not { } created) return;
            Customers.Add(name, IdOf(created));
            customerWithoutOrder = IdOf(created);
            return;
        }
        var order = new { customer_id = customer, lines = new[] { new { sku = Sku, name = "Tea", quantity = 1, unit_price_minor = 500 } } };
        if (await SendAsync(client, HttpMethod.Post, "/v1/orders", $"o-{name}", order) is not { } ordered) return;
        Orders.Add(IdOf(ordered));
        customerWithoutOrder = null;
        next++;
    }
}
