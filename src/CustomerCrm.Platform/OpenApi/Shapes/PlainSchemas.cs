using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerCrm.Platform.Data;
using Microsoft.OpenApi;

namespace CustomerCrm.Platform.OpenApi.Shapes;

/// <summary>The schemas of single values, with the limits that hold whatever a member says besides.</summary>
internal static class PlainSchemas
{
    /// <summary>No text is longer: a body ends at a mebibyte.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>The largest whole number that every JSON reader takes exactly (RFC 8259, 6).</summary>
    private const string LargestInteger = "9007199254740991";

    /// <summary>A time on the clock, to the minute. JSON Schema's own format would want seconds and an offset from UTC, and this is of a place.</summary>
    public const string LocalTime = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <returns>Null when the type is no single value.</returns>
    public static OpenApiSchema? Of(Type type) => type switch
    {
        _ when type == typeof(string) => Text(null, LongestText),
        _ when type == typeof(char) => Text(null, 1),
        _ when type == typeof(bool) => new() { Type = JsonSchemaType.Boolean },
        _ when type == typeof(byte) => Integer("int32", "0", "255"),
        _ when type == typeof(short) => Integer("int32", "-32768", "32767"),
        _ when type == typeof(int) => Integer("int32", "-2147483648", "2147483647"),
        _ when type == typeof(long) => Integer("int64", "-" + LargestInteger, LargestInteger),
        _ when type == typeof(float) => new() { Type = JsonSchemaType.Number, Format = "float" },
        _ when type == typeof(double) => new() { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(decimal) => new() { Type = JsonSchemaType.Number, Format = "decimal" },
        _ when type == typeof(DateTimeOffset) => Text("date-time", 40),
        _ when type == typeof(DateOnly) => Text("date", 10),
        _ when type == typeof(TimeOnly) => new() { Type = JsonSchemaType.String, Pattern = LocalTime, MaxLength = 5 },
        _ when type == typeof(Guid) => Text("uuid", 36),
        _ when type == typeof(Uri) => Text("uri", 2048),
        _ when type == typeof(byte[]) => new() { Type = JsonSchemaType.String, ContentEncoding = "base64", MaxLength = LongestText },
        _ when type == typeof(JsonElement) || type == typeof(object) || typeof(JsonNode).IsAssignableFrom(type) => new(),
        _ when PrefixOf(type) is { } prefix => OfId(prefix),
        _ => null,
    };

    private static OpenApiSchema Text(string? format, int maxLength) => new() { Type = JsonSchemaType.String, Format = format, MaxLength = maxLength };

    private static OpenApiSchema Integer(string format, string least, string most) =>
        new() { Type = JsonSchemaType.Integer, Format = format, Minimum = least, Maximum = most };

    private static OpenApiSchema OfId(string prefix) => new()
    {
        Type = JsonSchemaType.String,
        Pattern = $"^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$",
        MinLength = prefix.Length + 27,
        MaxLength = prefix.Length + 27,
    };

    private static string? PrefixOf(Type type) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Id<>)
        ? (string)type.GetGenericArguments()[0].GetProperty(nameof(IHasId.Prefix))!.GetValue(null)!
        : null;
}
