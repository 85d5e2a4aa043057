using System.Collections.Frozen;

namespace CustomerCrm.Templates.Fields;

/// <summary>What templates can say. To add something, add a line here and its value in <see cref="MergeValues"/>.</summary>
public static class MergeFields
{
    /// <summary>Beside these: <c>customer.custom_fields.</c> or <c>ticket.custom_fields.</c> and the name of a field of the tenant's own, and <c>data.</c> and whatever the sender sends.</summary>
    public static IReadOnlyList<MergeField> All { get; } =
    [
        Of("customer.id", "cus_01951c2e8f0070008000000000", "The customer's id."),
        Of("customer.name", "Ada Lovelace", "The whole name.", mayBeEmpty: true),
        Of("customer.first_name", "Ada", "The first name.", mayBeEmpty: true),
        Of("customer.last_name", "Lovelace", "The last name.", mayBeEmpty: true),
        Of("customer.email", "ada@example.com", "The primary e-mail address.", mayBeEmpty: true),
        Of("customer.phone", "+436641234567", "The primary phone number.", mayBeEmpty: true),
        Of("customer.company", "Analytical Engines", "The company.", mayBeEmpty: true),
        Of("customer.birth_date", "1988-04-12", "The birthday.", MergeFieldType.Date, mayBeEmpty: true),
        Of("customer.language", "en", "The language.", mayBeEmpty: true),
        Of("customer.country", "AT", "The country, by ISO 3166-1.", mayBeEmpty: true),
        Of("customer.region", "Vienna", "The region.", mayBeEmpty: true),
        Of("customer.city", "Vienna", "The city.", mayBeEmpty: true),
        Of("customer.postal_code", "1040", "The postal code.", mayBeEmpty: true),
        Of("customer.address", "Karlsplatz 1", "The street and number.", mayBeEmpty: true),
        Of("figures.order_count", "3", "How many orders count.", MergeFieldType.Number),
        Of("figures.spend", "129.70 EUR", "What they come to, without tax.", MergeFieldType.Money),
        Of("figures.first_order_at", "2029-03-02", "The day of the first order.", MergeFieldType.Date, mayBeEmpty: true),
        Of("figures.last_order_at", "2030-01-10", "The day of the last order.", MergeFieldType.Date, mayBeEmpty: true),
        Of("order.id", "ord_01951c2e8f0070008000000000", "The order's id."),
        Of("order.order_number", "2030-1001", "What people call it.", mayBeEmpty: true),
        Of("order.placed_at", "2030-01-10", "The day it was placed.", MergeFieldType.Date),
        Of("order.total", "29.90 EUR", "What the customer pays.", MergeFieldType.Money),
        Of("order.shipping", "4.90 EUR", "For shipping.", MergeFieldType.Money),
        Of("order.discount", "0.00 EUR", "Off the order as a whole.", MergeFieldType.Money),
        Of("order.tax", "4.98 EUR", "The tax.", MergeFieldType.Money),
        Of("order.refunded", "0.00 EUR", "What was paid back.", MergeFieldType.Money),
        Of("order.currency", "EUR", "By ISO 4217."),
        Of("order.payment_status", "paid", "Where the payment stands."),
        Of("order.fulfillment_status", "unfulfilled", "Where the delivery stands."),
        Of("order.lines", "", "What was bought: each has name, sku, quantity, unit_price and total.", MergeFieldType.List),
        Of("ticket.id", "tick_01951c2e8f0070008000000000", "The ticket's id."),
        Of("ticket.number", "1042", "What people call the ticket by.", MergeFieldType.Number),
        Of("ticket.subject", "The parcel has not arrived", "What it is about."),
        Of("ticket.status", "Open", "Where it stands, in the tenant's words."),
        Of("ticket.priority", "normal", "Its priority."),
        Of("ticket.type", "question", "What it is."),
        Of("ticket.language", "en", "What the customer writes in.", mayBeEmpty: true),
        Of("ticket.created_at", "2030-01-14", "The day it was opened.", MergeFieldType.Date),
        Of("ticket.assignee_name", "Grace Hopper", "Who is at it.", mayBeEmpty: true),
        Of("ticket.team_name", "Support", "Whose queue it is in.", mayBeEmpty: true),
        Of("ticket.link", "https://support.example.com/tickets/1042", "Where you show it to the customer: link_pattern of the settings of tickets.", MergeFieldType.Link, mayBeEmpty: true),
        Of("tenant.name", "Acme Outdoor", "What the tenant calls itself."),
        Of("links.unsubscribe", "https://crm.example.com/unsubscribe/example", "Where the customer says no to messages like this one.", MergeFieldType.Link),
        Of("links.preferences", "https://crm.example.com/preferences/example", "Where the customer says what they want.", MergeFieldType.Link),
    ];

    /// <summary>What each item of a list has.</summary>
    internal static readonly FrozenDictionary<string, string[]> Items = new Dictionary<string, string[]> { ["order.lines"] = ["name", "sku", "quantity", "unit_price", "total"] }.ToFrozenDictionary();

    internal const string Data = "data.";

    private static readonly FrozenDictionary<string, MergeField> byName = All.ToFrozenDictionary(f => f.Name);

    public static MergeField? Find(string name) => byName.GetValueOrDefault(name);

    private static MergeField Of(string name, string sample, string description, MergeFieldType type = MergeFieldType.Text, bool mayBeEmpty = false) => new(name, type, mayBeEmpty, sample, description);
}
