using System.Globalization;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.CustomFields.Values;

/// <summary>What a field makes of a value that is sent. Pure: whether something referred to exists, and whether an option is retired, is asked elsewhere.</summary>
internal static class FieldRules
{
    internal const int LongestText = 1000;
    internal const decimal Most = 1_000_000_000_000m;

    /// <returns>The value as it is stored; or null, and what it must be.</returns>
    public static (JsonElement? Value, string Saying) Read(CustomField field, JsonElement sent, Func<string, string?> readReference) => field.Type switch
    {
        CustomFieldType.Text => (TextOf(sent), $"Text of 1 to {LongestText} characters."),
        CustomFieldType.Number => (NumberOf(sent), "A number of at most a million millions, with at most six digits after the point."),
        CustomFieldType.Money => (MinorUnitsOf(sent), $"A whole number of minor units of {field.Currency}."),
        CustomFieldType.Date => (DayOf(sent), "A day, as in 2030-01-15."),
        CustomFieldType.Boolean => (sent.ValueKind is JsonValueKind.True or JsonValueKind.False ? sent : null, "true or false."),
        CustomFieldType.Choice => (ChoiceOf(field, sent), "The name of one of the field's options."),
        _ => (sent.ValueKind == JsonValueKind.String && readReference(sent.GetString()!) is { } id ? Json(id) : null, $"The id of one of the {NameOf(field.ReferencesTo!.Value)}."),
    };

    internal static string NameOf(CustomFieldResource resource) => JsonNamingPolicy.SnakeCaseLower.ConvertName(resource.ToString());

    private static JsonElement? TextOf(JsonElement sent) =>
        sent.ValueKind == JsonValueKind.String && sent.GetString() is { Length: > 0 and <= LongestText } text && !string.IsNullOrWhiteSpace(text) ? Composed(sent, text) : null;

    // Divided by a one with zeros behind its point, a number has none: 1.50 is stored as 1.5, and equals it.
    private static JsonElement? NumberOf(JsonElement sent) =>
        sent.ValueKind == JsonValueKind.Number && WrittenNumber.Read(sent.GetRawText()) is { } number ? Json(number / 1.000000000000000000000000000000m) : null;

    private static JsonElement? MinorUnitsOf(JsonElement sent) =>
        NumberOf(sent) is { } number && decimal.IsInteger(number.GetDecimal()) ? number : null;

    private static JsonElement? DayOf(JsonElement sent) =>
        sent.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(sent.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? sent : null;

    private static JsonElement? ChoiceOf(CustomField field, JsonElement sent) =>
        sent.ValueKind == JsonValueKind.String && Composed(sent, sent.GetString()!) is var name && field.Options!.Any(option => name.ValueEquals(option.Name)) ? name : null;

    // An element is read as it came.
    private static JsonElement Composed(JsonElement sent, string text) => ComposedText.Of(text) is var composed && composed == text ? sent : Json(composed);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, StrictJson.Options);
}
