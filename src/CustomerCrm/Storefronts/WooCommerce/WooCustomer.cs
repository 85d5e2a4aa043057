using System.Text.Json;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.WooCommerce;

/// <summary>A customer as WooCommerce's webhooks tell it (REST API v3, Customer). Pure.</summary>
internal static class WooCustomer
{
    public static ShopCustomer Of(JsonElement customer)
    {
        var billing = ShopCustomer.OfAddress(ShopJson.Member(customer, "billing"), "country", "state", "postcode");
        return billing with
        {
            ExternalId = ShopJson.Text(customer, "id"),
            Email = ShopJson.Text(customer, "email", 254) ?? billing.Email,
            FirstName = ShopJson.Text(customer, "first_name", 100) ?? billing.FirstName,
            LastName = ShopJson.Text(customer, "last_name", 100) ?? billing.LastName,
        };
    }

    /// <summary>Whose an order is; <c>customer_id</c> 0 is a guest.</summary>
    public static ShopCustomer OfOrder(JsonElement order) => ShopCustomer.OfAddress(ShopJson.Member(order, "billing"), "country", "state", "postcode") with
    {
        ExternalId = ShopJson.Text(order, "customer_id") is { } id && id != "0" ? id : null,
    };
}
