using System.Text.Json;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.Shopify;

/// <summary>A customer as Shopify's webhooks tell it (Admin API, Customer). Pure.</summary>
internal static class ShopifyCustomer
{
    public static ShopCustomer Of(JsonElement customer)
    {
        var address = ShopCustomer.OfAddress(ShopJson.Member(customer, "default_address"), "country_code", "province", "zip");
        return address with
        {
            ExternalId = ShopJson.Text(customer, "id"),
            Email = ShopJson.Text(customer, "email", 254),
            Phone = ShopJson.Text(customer, "phone", 40) ?? address.Phone,
            FirstName = ShopJson.Text(customer, "first_name", 100) ?? address.FirstName,
            LastName = ShopJson.Text(customer, "last_name", 100) ?? address.LastName,
        };
    }

    /// <summary>Whose an order or a checkout is: the customer's, with what was typed in for this time.</summary>
    public static ShopCustomer OfOrder(JsonElement order)
    {
        var billing = ShopCustomer.OfAddress(ShopJson.Member(order, "billing_address") ?? ShopJson.Member(order, "shipping_address"), "country_code", "province", "zip");
        var known = ShopJson.Member(order, "customer") is { } customer ? Of(customer) : billing;
        return known with
        {
            Email = known.Email ?? ShopJson.Text(order, "email", 254) ?? ShopJson.Text(order, "contact_email", 254),
            Phone = known.Phone ?? ShopJson.Text(order, "phone", 40) ?? billing.Phone,
            FirstName = known.FirstName ?? billing.FirstName,
            LastName = known.LastName ?? billing.LastName,
        };
    }
}
