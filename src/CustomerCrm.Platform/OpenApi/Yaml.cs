using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerCrm.Platform.OpenApi;

/// <summary>
/// Writes JSON as YAML 1.2, always the same text for the same document. Whatever is not plainly a text is quoted as in
/// JSON, which YAML reads alike.
/// </summary>
internal static partial class Yaml
{
    private static readonly JsonSerializerOptions quoted = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode document)
    {
        var yaml = new StringBuilder();
        Write(yaml, document, 0, isItem: false);
        return yaml.ToString();
    }

    private static void Write(StringBuilder yaml, JsonNode? node, int indent, bool isItem)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                foreach (var (name, value) in members)
                {
                    if (!isItem) yaml.Append(' ', indent);
                    isItem = false;
                    yaml.Append(Text(name)).Append(':');
                    WriteBehind(yaml, value, value is JsonArray ? indent : indent + 2);
                }
                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items)
                {
                    yaml.Append(' ', indent).Append('-');
                    if (item is JsonObject { Count: > 0 }) Write(yaml.Append(' '), item, indent + 2, isItem: true);
                    else WriteBehind(yaml, item, indent + 2);
                }
                break;
            default:
                throw new InvalidOperationException("Only what holds something stands on lines of its own.");
        }
    }

    private static void WriteBehind(StringBuilder yaml, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }) Write(yaml.Append('\n'), value, indent, isItem: false);
        else yaml.Append(' ').Append(value switch
        {
            null => "null",
            JsonObject => "{}",
            JsonArray => "[]",
            JsonValue text when text.GetValueKind() == JsonValueKind.String => Text(text.GetValue<string>()),
            _ => value.ToJsonString(),
        }).Append('\n');
    }

    private static string Text(string text) => Plain().IsMatch(text) && !Reserved().IsMatch(text) ? text : JsonSerializer.Serialize(text, quoted);

    [GeneratedRegex(@"^[A-Za-z](?:[A-Za-z0-9_/.,;()$+-]|(?<=[^ ]) (?=[A-Za-z0-9(]))*$")]
    private static partial Regex Plain();

    [GeneratedRegex("^(?:true|false|null|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
