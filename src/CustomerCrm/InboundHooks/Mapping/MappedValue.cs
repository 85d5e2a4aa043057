using System.Globalization;
using System.Text.Json;
using CustomerCrm.Money;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>What transforms make of a value. Pure.</summary>
internal static class MappedValue
{
    private const string UtcForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private static readonly string[] offsetForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmK"];
    private static readonly string[] localForms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>As text; of objects and lists, their JSON.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    public static bool IsBlank(JsonElement? value) => value is not { } there || there.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (there.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(there.GetString()));

    /// <exception cref="MappingException">The value is not what the transform takes.</exception>
    public static JsonElement Apply(Transform transform, JsonElement value, string currency, TimeZoneInfo zone)
    {
        var text = TextOf(value);
        return transform.Op switch
        {
            TransformOp.Trim => Json(text.Trim()),
            TransformOp.Lower => Json(text.ToLowerInvariant()),
            TransformOp.Upper => Json(text.ToUpperInvariant()),
            TransformOp.Text => Json(text),
            TransformOp.Number => Json(NumberOf(text)),
            TransformOp.Whole => decimal.Truncate(NumberOf(text)) == NumberOf(text) && Math.Abs(NumberOf(text)) < long.MaxValue ? Json((long)NumberOf(text)) : throw new MappingException("whole_invalid", "Not a whole number."),
            TransformOp.Boolean => Json(FlagOf(text)),
            TransformOp.Absolute => Json(Math.Abs(NumberOf(text))),
            TransformOp.MinorUnits => Json(MinorUnits(text, currency)),
            TransformOp.Day => Json(DayOf(text, transform.Format, zone)),
            TransformOp.Time => Json(TimeOf(text, transform.Format, zone)),
            TransformOp.Map => transform.Values!.TryGetValue(text, out var mapped) ? mapped : transform.Otherwise ?? throw new MappingException("unmapped_value", "The map has no such value, and no otherwise."),
            _ => throw new InvalidOperationException($"{transform.Op} is no transform."),
        };
    }

    /// <summary><c>12.5</c> euros are 1250, <c>980</c> yen 980 and <c>1.234</c> dinars 1234. Nothing is rounded.</summary>
    /// <exception cref="MappingException">No amount, an unknown currency, or more digits than the currency has.</exception>
    public static long MinorUnits(string text, string currency)
    {
        if (!Currencies.IsKnown(currency)) throw new MappingException("unknown_currency", "Not the ISO 4217 code of a currency.");
        var scaled = NumberOf(text);
        for (var digit = 0; digit < Currencies.MinorDigits(currency) && Math.Abs(scaled) < 1e15m; digit++) scaled *= 10;
        if (decimal.Truncate(scaled) != scaled) throw new MappingException("amount_inexact", $"More decimals than {currency} has.");
        return Math.Abs(scaled) < 1e15m ? (long)scaled : throw new MappingException("amount_invalid", "The amount is too large.");
    }

    private static decimal NumberOf(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e18m
            ? number
            : throw new MappingException("number_invalid", "Not a number; write a point before the decimals.");

    private static bool FlagOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" or "1" or "ON" => true,
        "FALSE" or "NO" or "N" or "0" or "OFF" => false,
        _ => throw new MappingException("boolean_invalid", "Neither true nor false."),
    };

    private static string DayOf(string text, string? format, TimeZoneInfo zone)
    {
        if (DateOnly.TryParseExact(text.Trim(), format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var time = DateTimeOffset.Parse(TimeOf(text, format, zone), CultureInfo.InvariantCulture);
        return TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <exception cref="MappingException">Not a time, or not written so.</exception>
    public static string TimeOf(string text, string? format, TimeZoneInfo zone)
    {
        var trimmed = text.Trim();
        if (format is "unix_seconds" or "unix_milliseconds")
        {
            var number = NumberOf(trimmed) * (format == "unix_seconds" ? 1000 : 1);
            if (number is < -62135596800000m or > 253402300799999m) throw new MappingException("time_invalid", "Not a time.");
            return Written(DateTimeOffset.FromUnixTimeMilliseconds((long)number));
        }
        if (DateTimeOffset.TryParseExact(trimmed, format is null ? offsetForms : [format], CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) && (format is null ? HasOffset(trimmed) : format.Contains('K', StringComparison.Ordinal) || format.Contains('z', StringComparison.Ordinal)))
            return Written(exact);
        if (!DateTime.TryParseExact(trimmed, format is null ? localForms : [format], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw new MappingException("time_invalid", format is null ? "Not a time in ISO 8601." : "Not a time, or not written as format says.");
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return Written(new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone)));
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 9;

    private static string Written(DateTimeOffset time) => time.UtcDateTime.ToString(UtcForm, CultureInfo.InvariantCulture);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>A value cannot be mapped.</summary>
internal sealed class MappingException(string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;
}
