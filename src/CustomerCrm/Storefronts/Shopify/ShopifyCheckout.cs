using System.Globalization;
using System.Text.Json;
using CustomerCrm.Platform;
using CustomerCrm.Storefronts.News;
using CustomerCrm.Track;

namespace CustomerCrm.Storefronts.Shopify;

/// <summary>A checkout that was begun or went on, as something that was done: segments and rules ask for carts that are left. Pure.</summary>
internal static class ShopifyCheckout
{
    private const int MostItems = 20;

    public static TrackEvent.Request Of(JsonElement checkout, string name, string source, string? country)
    {
        var (token, currency) = (ShopJson.Text(checkout, "token") ?? ShopJson.Required(checkout, "id"), ShopJson.Required(checkout, "currency"));
        var (customer, changedAt) = (ShopifyCustomer.OfOrder(checkout), ShopJson.Time(checkout, "updated_at") ?? ShopJson.Time(checkout, "created_at"));
        var isSomebody = customer.IsSomebody(country);
        return new TrackEvent.Request
        {
            Name = name,
            OccurredAt = changedAt,
            UniqueId = Cut(string.Create(CultureInfo.InvariantCulture, $"{source}:{name}:{token}:{changedAt?.UtcTicks}")),
            AnonymousId = isSomebody ? null : Cut($"checkout-{token}"),
            Customer = isSomebody ? customer.ToDetails(source, country) : null,
            Properties = new Dictionary<string, JsonElement>
            {
                ["checkout_token"] = Json(token),
                ["currency"] = Json(currency),
                ["total_minor"] = Json(ShopJson.Minor(checkout, "total_price", currency)),
                ["url"] = Json(ShopJson.Text(checkout, "abandoned_checkout_url", 1000)),
                ["item_count"] = Json(ShopJson.Each(checkout, "line_items").Count()),
                ["items"] = Json(ShopJson.Each(checkout, "line_items").Take(MostItems).Select(line => new
                {
                    name = ShopJson.Text(line, "title", 100), sku = ShopJson.Text(line, "sku", 100), quantity = ShopJson.Text(line, "quantity"), price_minor = ShopJson.Minor(line, "price", currency),
                })),
            },
        };
    }

    private static string Cut(string text) => text.Beginning(200);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
