using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>RFC 3339 times. Read with any offset (one is required), kept and written in UTC with a Z.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out var time)) return time;
        throw new WrongFormException("Expected a time with its offset, as in 2030-01-15T09:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    internal static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        var hasOffset = text.Length > 19 && (text[^1] == 'Z' || text.AsSpan(19).IndexOfAny('+', '-') >= 0);
        if (!hasOffset || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        time = read.ToUniversalTime();
        return time.Year is >= 1753 and < 9999;
    }
}
