using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerCrm.Tests.Contract;

/// <summary>
/// Checks JSON against the part of JSON Schema 2020-12 that the contract uses. A keyword it does not know is an error, so
/// that nothing in the contract goes unchecked.
/// </summary>
internal sealed class JsonSchema(JsonObject document)
{
    private static readonly HashSet<string> notes = ["description", "examples", "example", "title", "deprecated", "discriminator", "contentEncoding", "default", "writeOnly"];

    /// <returns>What is wrong, each with where; empty when all is well.</returns>
    public IReadOnlyList<string> Check(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema.AsObject(), "$", errors);
        return errors;
    }

    private void Check(JsonNode? value, JsonObject schema, string at, List<string> errors)
    {
        foreach (var (keyword, rule) in schema)
            if (Wrong(keyword, value, rule!, schema, at, errors) is { } wrong) errors.Add($"{at}: {wrong}");
    }

    private string? Wrong(string keyword, JsonNode? value, JsonNode rule, JsonObject schema, string at, List<string> errors)
    {
        switch (keyword)
        {
            case "$ref":
                Check(value, Resolve(rule.GetValue<string>()), at, errors);
                return null;
            case "type":
                var types = rule is JsonArray many ? [.. many.Select(t => t!.GetValue<string>())] : new[] { rule.GetValue<string>() };
                return types.Any(t => Is(value, t)) ? null : $"is {value?.ToJsonString() ?? "null"}, not {string.Join(" or ", types)}";
            case "enum":
                return rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? null : $"{value} is not one of {rule.ToJsonString()}";
            case "const":
                return JsonNode.DeepEquals(rule, value) ? null : $"{value} is not {rule}";
            case "oneOf":
                var fits = rule.AsArray().Count(one => Check(value, one!).Count == 0);
                return fits == 1 ? null : $"{value?.ToJsonString()} fits {fits} of the forms";
            case "required" when value is JsonObject members:
                return rule.AsArray().Select(name => name!.GetValue<string>()).FirstOrDefault(name => !members.ContainsKey(name)) is { } absent ? $"{absent} is absent" : null;
            case "properties" when value is JsonObject members:
                foreach (var (name, property) in rule.AsObject())
                    if (members.TryGetPropertyValue(name, out var member)) Check(member, property!.AsObject(), $"{at}.{name}", errors);
                return null;
            case "additionalProperties" when value is JsonObject members:
                foreach (var (name, member) in members.Where(m => schema["properties"]?.AsObject().ContainsKey(m.Key) != true))
                {
                    if (rule is JsonObject others) Check(member, others, $"{at}.{name}", errors);
                    else if (!rule.GetValue<bool>()) return $"{name} is not in the contract";
                }
                return null;
            case "items" when value is JsonArray items:
                for (var i = 0; i < items.Count; i++) Check(items[i], rule.AsObject(), $"{at}[{i}]", errors);
                return null;
            default:
                return notes.Contains(keyword) || IsWithin(keyword, value, rule) ? null : $"{value?.ToJsonString()} breaks {keyword} {rule.ToJsonString()}";
        }
    }

    private static bool IsWithin(string keyword, JsonNode? value, JsonNode rule) => keyword switch
    {
        "required" or "properties" or "additionalProperties" or "items" => true, // of another type, which "type" has said
        "maxLength" => !Is(value, "string") || value!.GetValue<string>().Length <= Number(rule),
        "minLength" => !Is(value, "string") || value!.GetValue<string>().Length >= Number(rule),
        "pattern" => !Is(value, "string") || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
        "format" => !Is(value, "string") || HasFormat(value!.GetValue<string>(), rule.GetValue<string>()),
        "minimum" => !Is(value, "number") || Number(value!) >= Number(rule),
        "maximum" => !Is(value, "number") || Number(value!) <= Number(rule),
        "exclusiveMinimum" => !Is(value, "number") || Number(value!) > Number(rule),
        "exclusiveMaximum" => !Is(value, "number") || Number(value!) < Number(rule),
        "minItems" => value is not JsonArray items || items.Count >= Number(rule),
        "maxItems" => value is not JsonArray items || items.Count <= Number(rule),
        "maxProperties" => value is not JsonObject members || members.Count <= Number(rule),
        "minProperties" => value is not JsonObject members || members.Count >= Number(rule),
        _ => throw new InvalidOperationException($"The contract uses {keyword}, which is not checked here yet."),
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uuid" => Guid.TryParse(text, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        _ => true,
    };

    private static bool Is(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => type == "null",
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Object => type == "object",
        System.Text.Json.JsonValueKind.Array => type == "array",
        System.Text.Json.JsonValueKind.Number => type == "number" || (type == "integer" && Number(value) % 1 == 0),
        _ => type == "boolean",
    };

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    /// <param name="reference">As in <c>#/components/schemas/Customer</c>.</param>
    public JsonObject Resolve(string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode)document, (node, part) => node[part] ?? throw new InvalidOperationException($"The contract has no {reference}.")).AsObject();
}
