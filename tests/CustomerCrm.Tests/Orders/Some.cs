using System.Net.Http.Json;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tests;

/// <summary>Makes what a test needs but is not about.</summary>
internal static partial class Some
{
    public static string Email() => $"{Guid.NewGuid():N}@example.com";

    public static object Line(long priceMinor = 1000, int quantity = 1, long discountMinor = 0, string? sku = null) =>
        new { Sku = sku, Name = "A thing", Quantity = quantity, UnitPriceMinor = priceMinor, DiscountMinor = discountMinor };

    /// <summary>An order of one line, of this customer or of a new one.</summary>
    public static Task<Order> OrderAsync(
        TestTenant tenant, Id<Customer>? customerId = null, long priceMinor = 1000, DateTimeOffset? placedAt = null, string? currency = null,
        decimal? rate = null, PaymentStatus? paymentStatus = null, long taxMinor = 0, long shippingMinor = 0, long discountMinor = 0) =>
        tenant.CreateAsync<Order>("/v1/orders", new
        {
            CustomerId = customerId,
            Customer = customerId is null ? new { Email = Email() } : null,
            PlacedAt = placedAt,
            Currency = currency,
            Rate = rate,
            PaymentStatus = paymentStatus,
            TaxMinor = taxMinor,
            ShippingMinor = shippingMinor,
            DiscountMinor = discountMinor,
            Lines = new[] { Line(priceMinor) },
        });

    public static Task<HttpResponseMessage> RefundAsync(TestTenant tenant, Order order, object body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/orders/{order.Id}/refunds") { Content = JsonContent.Create(body, options: StrictJson.Options) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return tenant.Http.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PatchAsync(TestTenant tenant, Order order, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/orders/{order.Id}") { Content = JsonContent.Create(body, options: StrictJson.Options) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return tenant.Http.SendAsync(request);
    }

    /// <summary>The customer's row of figures; null where there never was an order.</summary>
    public static async Task<Figures?> FiguresAsync(TestTenant tenant, Id<Customer> customerId)
    {
        Figures? found = null;
        await tenant.WithDbAsync(async db => found = await db.FindAsync<Figures>(FiguresOf, new { CustomerId = customerId }, default));
        return found;
    }

    /// <summary>The types of the events of one customer, in their order.</summary>
    public static async Task<IReadOnlyList<string>> OrderEventsAsync(TestTenant tenant, Id<Customer> customerId)
    {
        IReadOnlyList<string> found = [];
        await tenant.WithDbAsync(async db => found = await db.QueryAsync<string>(OrderEventsOf, new { CustomerId = customerId }, default));
        return found;
    }

    internal sealed record Figures
    {
        public required int OrderCount { get; init; }
        public required long SpendMinor { get; init; }
        public required int LeftOutCount { get; init; }
        public DateTimeOffset? FirstOrderAt { get; init; }
        public DateTimeOffset? LastOrderAt { get; init; }
    }

    private static readonly TenantSql FiguresOf = TenantSql.Of("""
        SELECT f.OrderCount, f.SpendMinor, f.LeftOutCount, f.FirstOrderAt, f.LastOrderAt
        FROM CustomerFigures f
        WHERE f.TenantId = @TenantId AND f.CustomerId = @CustomerId
        """);

    private static readonly TenantSql OrderEventsOf = TenantSql.Of("""
        SELECT e.Type
        FROM Events e
        WHERE e.TenantId = @TenantId AND e.CustomerId = @CustomerId AND e.Type LIKE 'order.%'
        ORDER BY e.Seq
        """);
}
