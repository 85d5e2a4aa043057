using System.Globalization;
using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform;

namespace CustomerCrm.Storefronts.News;

/// <summary>Reads a shop's JSON: members may be missing, amounts are text, and what is too long for us is cut.</summary>
internal static class ShopJson
{
    public static JsonElement? Member(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member) && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? member : null;

    /// <summary>Text or a number as text; null where it is missing or blank. Without control characters, and never longer than asked for.</summary>
    public static string? Text(JsonElement at, string name, int longest = 200)
    {
        if (Member(at, name) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } member) return null;
        string text;
        try
        {
            text = MappedValue.TextOf(member);
        }
        catch (InvalidOperationException) // half a character
        {
            return null;
        }
        text = string.Concat(text.Where(c => !char.IsControl(c))).Trim().Beginning(longest).TrimEnd();
        return text.Length == 0 ? null : text;
    }

    /// <exception cref="DeliveryRefusal">It is missing.</exception>
    public static string Required(JsonElement at, string name) => Text(at, name) ?? throw Refused(name, "required", "A value is required.");

    public static IEnumerable<JsonElement> Each(JsonElement at, string name) => Member(at, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static bool Flag(JsonElement at, string name) => Member(at, name) is { ValueKind: JsonValueKind.True };

    /// <summary>An amount in minor units, exactly; 0 where it is missing.</summary>
    /// <exception cref="DeliveryRefusal">It is no amount, or has more decimals than the currency.</exception>
    public static long Minor(JsonElement at, string name, string currency) => MinorOrNone(at, name, currency) ?? 0;

    /// <exception cref="DeliveryRefusal">It is no amount, or has more decimals than the currency.</exception>
    public static long? MinorOrNone(JsonElement at, string name, string currency)
    {
        if (Text(at, name) is not { } text) return null;
        try
        {
            return MappedValue.MinorUnits(text, currency);
        }
        catch (MappingException wrong)
        {
            throw Refused(name, wrong.Code, wrong.Message);
        }
    }

    /// <summary>A time; one without an offset is UTC, as in members that end in <c>_gmt</c>.</summary>
    /// <exception cref="DeliveryRefusal">It is no time.</exception>
    public static DateTimeOffset? Time(JsonElement at, string name)
    {
        if (Text(at, name) is not { } text) return null;
        return TimeOf(text) ?? throw Refused(name, "time_invalid", "Not a time in ISO 8601.");
    }

    public static DateTimeOffset? TimeOf(string text)
    {
        try
        {
            return DateTimeOffset.Parse(MappedValue.TimeOf(text, format: null, TimeZoneInfo.Utc), CultureInfo.InvariantCulture);
        }
        catch (MappingException)
        {
            return null;
        }
    }

    public static DeliveryRefusal Refused(string name, string code, string detail) => new(new DeliveryError { Pointer = "", SourcePointer = $"/{name}", Code = code, Detail = detail });
}
