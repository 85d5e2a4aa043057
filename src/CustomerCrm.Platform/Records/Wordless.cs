using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerCrm.Platform.Records;

/// <summary>JSON of a resource without what people wrote in it. Pure.</summary>
public static class Wordless
{
    // What people's words are called on the wire, in whichever resource.
    private static readonly HashSet<string> words = new(StringComparer.Ordinal)
    {
        "text", "body", "quoted", "subject", "title", "preview", "excerpt", "html", "sms", "file_name", "evidence", "slots",
    };

    /// <param name="json">A resource, or several in one.</param>
    /// <param name="what">What is taken out.</param>
    /// <param name="name">Of what: an id, or a member with one (<c>"id":"ord_…"</c>), which stands for the resource itself and leaves alone what points to it.</param>
    /// <returns>What is left.</returns>
    public static string Of(string json, Forgotten what, string name) => what == Forgotten.Words ? Of(json) : OwnId(name) is { } id ? WithoutOwn(json, id) : IdsOf(json);

    /// <summary>A name that stands for a resource itself.</summary>
    public static string NameOf(string id) => $"{before}{id}{after}";

    private const string before = "\"id\":\"", after = "\"";

    private static string? OwnId(string name) => name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal) ? name[before.Length..^after.Length] : null;

    private static string WithoutOwn(string json, string id)
    {
        var node = Reduce(JsonNode.Parse(json), id);
        return node?.ToJsonString() ?? "null";
    }

    private static JsonNode? Reduce(JsonNode? node, string id) => node switch
    {
        JsonObject own when own["id"] is JsonValue value && value.TryGetValue<string>(out var text) && text == id => Ids(own),
        JsonObject members => new JsonObject([.. members.Select(m => KeyValuePair.Create(m.Key, Reduce(m.Value, id)))]),
        JsonArray array => new JsonArray([.. array.Select(item => Reduce(item, id))]),
        _ => node?.DeepClone(),
    };

    /// <param name="json">A resource, or several in one.</param>
    /// <returns>The same without any text that people wrote, in the form that the contract promises.</returns>
    public static string Of(string json)
    {
        var node = JsonNode.Parse(json);
        Clear(node);
        return node?.ToJsonString() ?? "null";
    }

    // Of the resource itself: what it is and what it belonged to.
    private static string IdsOf(string json) => JsonNode.Parse(json) is not JsonObject members ? "null" : Ids(members).ToJsonString();

    private static JsonObject Ids(JsonObject members) => new(members
        .Where(m => (m.Key == "id" || m.Key.EndsWith("_id", StringComparison.Ordinal)) && m.Key != "external_id" && m.Value is JsonValue)
        .Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static void Clear(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Clear(item);
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToArray())
        {
            if (!words.Contains(name)) Clear(value);
            else members[name] = name == "file_name" ? "erased" : value is JsonArray ? new JsonArray() : value is JsonObject ? new JsonObject() : null;
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
