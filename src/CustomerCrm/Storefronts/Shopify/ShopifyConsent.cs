using System.Text.Json;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Storefronts.News;

namespace CustomerCrm.Storefronts.Shopify;

/// <summary>Whether a customer wants the shop's marketing, as Shopify tells it (email_marketing_consent, sms_marketing_consent). Somebody who was never asked has said nothing. Pure.</summary>
internal static class ShopifyConsent
{
    public static IEnumerable<ConsentChange> Of(JsonElement customer, Id<Customer> customerId, string source)
    {
        foreach (var (name, channel) in new[] { ("email_marketing_consent", MessageChannel.Email), ("sms_marketing_consent", MessageChannel.Sms) })
        {
            if (ShopJson.Member(customer, name) is not { } said) continue;
            var (state, at) = (ShopJson.Text(said, "state"), ShopJson.Time(said, "consent_updated_at"));
            if (state is not ("subscribed" or "unsubscribed") || at is not { } when) continue;
            yield return new ConsentChange
            {
                CustomerId = customerId,
                Purpose = MessagePurpose.Marketing,
                Channel = channel,
                State = state == "subscribed" ? ConsentState.Granted : ConsentState.Withdrawn,
                OccurredAt = when,
                Source = source,
                ExternalId = $"{ShopJson.Required(customer, "id")}:{channel}:{state}:{when.UtcTicks}",
                Form = ShopJson.Text(said, "opt_in_level"),
            };
        }
    }
}
