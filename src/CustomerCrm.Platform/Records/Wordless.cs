using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerCrm.Platform.Records;

/// <summary>JSON of a resource without what people wrote in it. Pure.</summary>
public static class Wordless
{
    // What people's words are called on the wire, in whichever resource.
    private static readonly HashSet<string> words = new(StringComparer.Ordinal)
    {
        "text", "body", "quoted", "subject", "title", "preview", "excerpt", "html", "sms", "file_name", "evidence",
    };

    /// <param name="json">A resource, or several in one.</param>
    /// <param name="what">What is taken out.</param>
    /// <returns>What is left.</returns>
    public static string Of(string json, Forgotten what) => what == Forgotten.Words ? Of(json) : IdsOf(json);

    /// <param name="json">A resource, or several in one.</param>
    /// <returns>The same without any text that people wrote, in the form that the contract promises.</returns>
    public static string Of(string json)
    {
        var node = JsonNode.Parse(json);
        Clear(node);
        return node?.ToJsonString() ?? "null";
    }

    // Of the resource itself: what it is and what it belonged to.
    private static string IdsOf(string json) => JsonNode.Parse(json) is not JsonObject members ? "null"
        : new JsonObject(members.Where(m => (m.Key == "id" || m.Key.EndsWith("_id", StringComparison.Ordinal)) && m.Key != "external_id" && m.Value is JsonValue)
            .Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))).ToJsonString();

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
