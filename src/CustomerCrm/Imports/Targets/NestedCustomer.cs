using System.Text.Json;
using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Imports.Targets;

/// <summary>Columns that say whose an order or interaction is.</summary>
internal static class NestedCustomer
{
    private const string Prefix = "customer.";

    public static IReadOnlyList<ImportField> Fields { get; } =
    [
        new("customer_id", FieldForm.Text),
        new("customer.email", FieldForm.Text, "email", "emailaddress", "customeremail", "mail", "emailadresse"),
        new("customer.phone", FieldForm.Text, "phone", "phonenumber", "customerphone", "telefon"),
        new("customer.external_id", FieldForm.Text, "customernumber", "customerno", "kundennummer", "kundennr", "buyerid", "userid") { NeedsSource = true, WrittenInto = "external_ids" },
        new("customer.name", FieldForm.Text, "customername", "buyer", "kunde"),
    ];

    public static bool IsOne(ImportField field) => field.Name.StartsWith(Prefix, StringComparison.Ordinal);

    public static bool SaysWhose(IEnumerable<ColumnMapping> mapping) => mapping.Any(m => m.Field is "customer_id" or "customer.email" or "customer.phone" or "customer.external_id");

    /// <summary>The member <c>customer</c>, if a cell says anything of it and none says the id itself.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        var said = cells.Where(c => IsOne(c.Place.Field)).ToArray();
        if (said.Length == 0 || cells.Any(c => c.Place.Field.Name == "customer_id")) return;
        json.WriteStartObject("customer");
        foreach (var (place, value) in said)
        {
            if (place.Field.NeedsSource)
            {
                json.WriteStartArray("external_ids");
                json.WriteStartObject();
                json.WriteString("source", place.Mapping.Source);
                json.WriteString("id", value);
                json.WriteEndObject();
                json.WriteEndArray();
            }
            else RowReading.Write(json, place.Field.Name[Prefix.Length..], place.Field.Form, value);
        }
        json.WriteEndObject();
    }
}
