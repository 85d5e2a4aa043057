using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Json;

/// <summary>RFC 3339 times. Read with any offset (one is required), kept and written in UTC with a Z.</summary>
internal sealed partial class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out var time)) return time;
        throw new WrongFormException("Expected a time with its offset, as in 2030-01-15T09:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextTime.Longest + 1];
        var length = TextTime.Write(value.UtcDateTime, text);
        (text[10], text[length]) = ((byte)'T', (byte)'Z');
        writer.WriteStringValue(text[..(length + 1)]);
    }

    internal static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        if (!Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        time = read.ToUniversalTime();
        return time.Year is >= 1753 and < 9999;
    }

    // The parser alone would take 01/02/2030 too, and make the second of January of it.
    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
