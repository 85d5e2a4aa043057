using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerCrm.Platform.Records;

/// <summary>JSON of a resource without what people wrote in it. Pure.</summary>
public static class Wordless
{
    // What people's words are called on the wire, in whichever resource.
    private static readonly HashSet<string> words = new(StringComparer.Ordinal)
    {
        "text", "body", "subject", "title", "preview", "excerpt", "html", "sms", "file_name", "evidence",
    };

    /// <param name="json">A resource, or several in one.</param>
    /// <returns>The same without any text that people wrote, in the form that the contract promises.</returns>
    public static string Of(string json)
    {
        var node = JsonNode.Parse(json);
        Clear(node);
        return node?.ToJsonString() ?? "null";
    }

    private static void Clear(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Clear(item);
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToArray())
        {
            if (!words.Contains(name)) Clear(value);
            else members[name] = name == "file_name" ? "erased" : value is JsonArray ? new JsonArray() : null;
        }
    }

    internal static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
