using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace CustomerCrm.Platform.Records;

/// <summary>Rows of one table as compressed JSON that gives back exactly what was read: numbers, texts, bytes and times as the driver had them. Pure.</summary>
internal static class RowText
{
    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<IDictionary<string, object?>> rows)
    {
        using var memory = new MemoryStream();
        using (var compressed = new BrotliStream(memory, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(compressed))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (var column in columns) json.WriteStringValue(column);
            json.WriteEndArray();
            json.WriteStartArray("rows");
            foreach (var row in rows)
            {
                json.WriteStartArray();
                foreach (var column in columns) WriteValue(json, row[column]);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return memory.ToArray();
    }

    public static IEnumerable<Dictionary<string, object?>> Read(byte[] content)
    {
        using var plain = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(plain);
        var columns = document.RootElement.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToArray();
        foreach (var row in document.RootElement.GetProperty("rows").EnumerateArray())
            yield return row.EnumerateArray().Index().ToDictionary(cell => columns[cell.Index], cell => ValueOf(cell.Item), StringComparer.Ordinal);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case long or int: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: WriteTagged(json, "number", number.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTime time: WriteTagged(json, "time", time.ToString("O", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: WriteTagged(json, "bytes", Convert.ToBase64String(bytes)); break;
            default: throw new NotSupportedException($"A column holds a {value.GetType().Name}, which the bin does not know.");
        }
    }

    private static void WriteTagged(Utf8JsonWriter json, string kind, string text)
    {
        json.WriteStartObject();
        json.WriteString(kind, text);
        json.WriteEndObject();
    }

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetInt64(),
        _ when value.TryGetProperty("bytes", out var bytes) => bytes.GetBytesFromBase64(),
        _ when value.TryGetProperty("time", out var time) => DateTime.ParseExact(time.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => double.Parse(value.GetProperty("number").GetString()!, CultureInfo.InvariantCulture),
    };
}
