using System.Globalization;
using System.Text.Json;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>What columns can be written into of an order. Pure.</summary>
internal static class OrderColumns
{
    public const string ExternalId = "external_id";
    private const string Line = "line.", Lines = "lines", Total = "total", Payment = "payment_status", Fulfillment = "fulfillment_status";

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new(ExternalId, FieldForm.Text, "id", "orderid", "bestellid", "auftragsid", "ordername") { NeedsSource = true },
        .. NestedCustomer.Fields,
        new("order_number", FieldForm.Text, "ordernumber", "orderno", "bestellnummer", "auftragsnummer", "number") { Looks = cell => cell is ['#', _, ..] },
        new("placed_at", FieldForm.Time, "date", "orderdate", "createdat", "bestelldatum", "datum", "fecha", "purchasedat", "purchasedate", "saledate", "datecreated"),
        new("currency", FieldForm.Text, "currencycode", "ordercurrency", "wahrung", "moneda", "devise"),
        new(Payment, FieldForm.Text, "financialstatus", "paid"),
        new(Fulfillment, FieldForm.Text, "shippingstatus"),
        new("discount_minor", FieldForm.Whole),
        new("discount", FieldForm.Amount, "discountamount", "cartdiscountamount", "rabatt") { WrittenInto = "discount_minor" },
        new("tax_minor", FieldForm.Whole),
        new("tax", FieldForm.Amount, "taxes", "taxamount", "ordertotaltaxamount", "ordersalestax", "mwst", "steuer") { WrittenInto = "tax_minor" },
        new("shipping_minor", FieldForm.Whole),
        new("shipping", FieldForm.Amount, "shippingamount", "shippingcost", "ordershipping", "ordershippingamount", "versand", "versandkosten") { WrittenInto = "shipping_minor" },
        new(Total, FieldForm.Amount, "ordertotal", "ordertotalamount", "grandtotal", "gesamtbetrag", "gesamtsumme") { IsChecked = true },
        new("is_tax_included", FieldForm.Flag, "taxesincluded"),
        new("rate", FieldForm.Number, "exchangerate"),
        new("cancelled_at", FieldForm.Time, "canceledat"),
        new("source_updated_at", FieldForm.Time, "updatedat"),
        new(Lines, FieldForm.Json, "lineitems", "items"),
        new("line.sku", FieldForm.Text, "sku", "lineitemsku", "artikelnummer") { IsOfLine = true },
        new("line.name", FieldForm.Text, "product", "productname", "lineitemname", "itemname", "artikel", "produkt") { IsOfLine = true },
        new("line.quantity", FieldForm.Whole, "quantity", "lineitemquantity", "quantitypurchased", "qty", "menge", "anzahl") { IsOfLine = true },
        new("line.unit_price_minor", FieldForm.Whole, "unitpriceminor", "totalminor", "amountminor") { IsOfLine = true },
        new("line.unit_price", FieldForm.Amount, "unitprice", "lineitemprice", "price", "itemcost", "preis", "einzelpreis") { IsOfLine = true, WrittenInto = "line.unit_price_minor" },
    ];

    public static FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) =>
        mapping.All(m => m.Field != ExternalId) ? new FieldError("/mapping", "required", "A column must be the order's external_id, so that a row that comes again is the same order.")
        : !NestedCustomer.SaysWhose(mapping) ? new FieldError("/mapping", "identity_needed", "A column must say whose it is: customer.email, customer.phone, customer.external_id or customer_id.")
        : mapping.Any(m => m.Field is Lines or "line.unit_price_minor" or "line.unit_price") ? null
        : new FieldError("/mapping", "required", "A column must say what was bought: lines, line.unit_price or line.unit_price_minor.");

    /// <summary>What the file says the whole order comes to, in minor units.</summary>
    public static long? TotalIn(IReadOnlyList<(RowReading.Place Place, string? Value)> said) =>
        said.FirstOrDefault(c => c.Place.Field.Name == Total).Value is { } written ? long.Parse(written, CultureInfo.InvariantCulture) : null;

    /// <summary>Where a row says what was bought, rows below it may say what else; a file of totals has no lines.</summary>
    public static bool MayTakeSeveralRows(IReadOnlyList<RowReading.Place> places) => places.Any(NamesProduct) && places.All(place => place.Field.Name != Lines);

    public static bool NamesProduct(RowReading.Place place) => place.Field.Name is "line.sku" or "line.name";

    public static void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        json.WriteStartObject();
        NestedCustomer.Write(json, cells);
        OwnColumns.Write(json, cells);
        foreach (var (place, value) in cells.Where(c => !NestedCustomer.IsOne(c.Place.Field) && !OwnColumns.IsOne(c.Place.Field) && c.Place.Field != TagChanges.Column && !c.Place.Field.IsOfLine && !c.Place.Field.IsChecked))
        {
            if (place.Field.NeedsSource) json.WriteString("source", place.Mapping.Source);
            RowReading.Write(json, place.Field.WrittenInto ?? place.Field.Name, place.Field.Form, Worded(place.Field.Name, value));
        }
        if (cells.Any(c => c.Place.Field.IsOfLine) && cells.All(c => c.Place.Field.Name != Lines))
        {
            json.WriteStartArray("lines");
            foreach (var line in cells.Where(c => c.Place.Field.IsOfLine).GroupBy(c => c.Place.Line)) WriteLine(json, line.ToDictionary(c => (c.Place.Field.WrittenInto ?? c.Place.Field.Name)[Line.Length..], c => c));
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, Dictionary<string, (RowReading.Place Place, string? Value)> line)
    {
        json.WriteStartObject();
        foreach (var (name, (place, value)) in line) RowReading.Write(json, name, place.Field.Form, value);
        if (!line.ContainsKey("name")) json.WriteString("name", "Order"); // a file of totals says no more
        if (!line.ContainsKey("quantity")) json.WriteNumber("quantity", 1);
        json.WriteEndObject();
    }

    // As shops write it.
    private static string? Worded(string field, string? written) => field switch
    {
        "currency" => written?.ToUpperInvariant(),
        "discount" => written?.TrimStart('-'), // what is taken off
        Payment or Fulfillment => written?.ToLowerInvariant().Replace(' ', '_') switch
        {
            "partially_paid" or "unpaid" => "pending",
            "expired" => "voided",
            "partial" => "partially_fulfilled",
            var other => other,
        },
        _ => written,
    };
}
