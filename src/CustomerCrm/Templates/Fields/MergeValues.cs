using System.Globalization;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Money;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Rendering;
using CustomerCrm.Tenant;

namespace CustomerCrm.Templates.Fields;

/// <summary>Finds what the fields of a template stand for. What comes out holds dictionaries, lists and texts alone.</summary>
internal sealed class MergeValues(TenantDb db, CurrentSettings settings, KnownCustomFields known, OrderReader orders, ITicketValues tickets)
{
    /// <summary>Of a real customer. Only what the template uses is read.</summary>
    /// <exception cref="ApiProblem">404: no such customer or order. 422: the order or the ticket is another customer's, is needed and was not said, or data is too much.</exception>
    public async Task<Dictionary<string, object?>> OfAsync(MergeSource source, IReadOnlyList<MergeUse> uses, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var values = new Dictionary<string, object?> { ["tenant"] = new Dictionary<string, object?> { ["name"] = tenant.Name } };
        if (source.CustomerId is { } customerId)
        {
            values["customer"] = Of(await ShowCustomer.FindAsync(customerId, db, ct), tenant, await known.OfAsync(CustomFieldResource.Customers, ct));
            if (Uses(uses, "figures.")) values["figures"] = Of(await db.FindAsync<Sums>(Ordered, new { CustomerId = customerId }, ct) ?? new Sums(), tenant);
        }
        if (source.OrderId is { } orderId) values["order"] = Of(await OrderAsync(orderId, source.CustomerId, ct), tenant);
        else if (Uses(uses, "order.")) throw ApiProblem.Invalid("/order_id", "required", "The template speaks of an order: say which.");
        if (Uses(uses, "ticket.")) values["ticket"] = source.TicketId is { } ticketId ? await TicketAsync(ticketId, source.CustomerId, ct) : throw ApiProblem.Invalid("/ticket_id", "required", "The template speaks of a ticket: say which.");
        if (source.Links is { } links) values["links"] = new Dictionary<string, object?> { ["unsubscribe"] = links.Unsubscribe, ["preferences"] = links.Preferences };
        values["data"] = MergeTree.OfData(source.Data);
        return values;
    }

    /// <exception cref="ApiProblem">404: there is no such order. 422: it is another customer's.</exception>
    public async Task<Order> OrderAsync(Id<Order> orderId, Id<Customer>? customerId, CancellationToken ct)
    {
        var order = await orders.FindAsync(orderId, ct);
        return customerId is null || order.CustomerId == customerId ? order : throw ApiProblem.Invalid("/order_id", "not_the_customers", "The order is another customer's.");
    }

    /// <exception cref="ApiProblem">422: there is no such ticket, or it is another customer's.</exception>
    public async Task<Dictionary<string, object?>> TicketAsync(Id<SpokenTicket> ticketId, Id<Customer>? customerId, CancellationToken ct) =>
        await tickets.FindAsync(ticketId, customerId, ct) ?? throw ApiProblem.Invalid("/ticket_id", "unknown_ticket", "The customer has no such ticket.");

    /// <summary>Of nobody: what each field shows as a sample.</summary>
    public async Task<Dictionary<string, object?>> OfSampleAsync(JsonElement? data, CancellationToken ct)
    {
        var (values, locale) = (new Dictionary<string, object?>(), (await settings.GetAsync(ct)).Locale);
        foreach (var field in MergeFields.All)
            MergeTree.Put(values, field.Name, field.Type == MergeFieldType.Date ? WrittenDay.Of(DateOnly.ParseExact(field.Sample, "yyyy-MM-dd", CultureInfo.InvariantCulture), locale) : field.Sample);
        MergeTree.Put(values, "order.lines", new List<object?>
        {
            new Dictionary<string, object?> { ["name"] = "Green tea, 250 g", ["sku"] = "TEA-GREEN-250", ["quantity"] = "2", ["unit_price"] = "12.50 EUR", ["total"] = "25.00 EUR" },
        });
        values["data"] = MergeTree.OfData(data);
        return values;
    }

    private static bool Uses(IReadOnlyList<MergeUse> uses, string prefix) => uses.Any(use => use.Path.StartsWith(prefix, StringComparison.Ordinal));

    private static Dictionary<string, object?> Of(Customer customer, TenantSettings tenant, IReadOnlyDictionary<string, CustomField> fields) => new()
    {
        ["id"] = customer.Id.ToString(), ["name"] = Text(customer.Name), ["first_name"] = Text(customer.FirstName), ["last_name"] = Text(customer.LastName), ["email"] = Text(customer.Email),
        ["phone"] = Text(customer.Phone), ["company"] = Text(customer.Company), ["birth_date"] = customer.BirthDate is { } born ? WrittenDay.Of(born, tenant.Locale) : null,
        ["language"] = Text(customer.Language), ["country"] = Text(customer.Country), ["region"] = Text(customer.Region), ["city"] = Text(customer.City),
        ["postal_code"] = Text(customer.PostalCode), ["address"] = Text(customer.Address),
        ["custom_fields"] = customer.CustomFields.ByName.ToDictionary(field => field.Key, field => Own(fields.GetValueOrDefault(field.Key), field.Value, tenant)),
    };

    // As what is built in is written: a day in the tenant's locale, an amount with its currency.
    private static object? Own(CustomField? field, JsonElement value, TenantSettings tenant) => field?.Type switch
    {
        CustomFieldType.Date when DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => WrittenDay.Of(day, tenant.Locale),
        CustomFieldType.Money when value.TryGetInt64(out var minor) => Money(minor, field.Currency!),
        _ => MergeTree.OfJson(value),
    };

    private static Dictionary<string, object?> Of(Sums sums, TenantSettings tenant) => new()
    {
        ["order_count"] = sums.OrderCount.ToString(CultureInfo.InvariantCulture), ["spend"] = Money(sums.SpendMinor, tenant.Currency),
        ["first_order_at"] = Day(sums.FirstOrderAt, tenant), ["last_order_at"] = Day(sums.LastOrderAt, tenant),
    };

    private static Dictionary<string, object?> Of(Order order, TenantSettings tenant) => new()
    {
        ["id"] = order.Id.ToString(), ["order_number"] = Text(order.OrderNumber), ["placed_at"] = Day(order.PlacedAt, tenant), ["total"] = Money(order.TotalMinor, order.Currency),
        ["shipping"] = Money(order.ShippingMinor, order.Currency), ["discount"] = Money(order.DiscountMinor, order.Currency), ["tax"] = Money(order.TaxMinor, order.Currency),
        ["refunded"] = Money(order.RefundedMinor, order.Currency), ["currency"] = order.Currency, ["payment_status"] = StrictJson.NameOf(order.PaymentStatus),
        ["fulfillment_status"] = StrictJson.NameOf(order.FulfillmentStatus),
        ["lines"] = new List<object?>(order.Lines.Take(MergeTree.MostItems).Select(line => new Dictionary<string, object?>
        {
            ["name"] = line.Name, ["sku"] = Text(line.Sku), ["quantity"] = line.Quantity.ToString(CultureInfo.InvariantCulture),
            ["unit_price"] = Money(line.UnitPriceMinor, order.Currency), ["total"] = Money(line.GrossMinor - line.DiscountMinor, order.Currency),
        })),
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Day(DateTimeOffset? time, TenantSettings tenant) => time is { } moment ? WrittenDay.Of(tenant.Calendar.DayOf(moment), tenant.Locale) : null;

    private static string Money(long minor, string currency)
    {
        var digits = Currencies.IsKnown(currency) ? Currencies.MinorDigits(currency) : 2;
        var amount = minor / (decimal)Math.Pow(10, digits);
        return $"{amount.ToString($"F{digits}", CultureInfo.InvariantCulture)} {currency}";
    }

    private sealed record Sums
    {
        public int OrderCount { get; init; }
        public long SpendMinor { get; init; }
        public DateTimeOffset? FirstOrderAt { get; init; }
        public DateTimeOffset? LastOrderAt { get; init; }
    }

    private static readonly TenantSql Ordered = TenantSql.Of("""
        SELECT f.OrderCount, f.SpendMinor, f.FirstOrderAt, f.LastOrderAt
        FROM CustomerFigures f
        WHERE f.TenantId = @TenantId
          AND f.CustomerId = @CustomerId
        """);
}

/// <summary>Of whom and what a message speaks.</summary>
internal sealed record MergeSource
{
    public Id<Customer>? CustomerId { get; init; }
    public Id<Order>? OrderId { get; init; }

    /// <summary>What is talked about; looked at only where the text speaks of it.</summary>
    public Id<SpokenTicket>? TicketId { get; init; }

    public JsonElement? Data { get; init; }
    public CustomerAddresses? Links { get; init; }
}
