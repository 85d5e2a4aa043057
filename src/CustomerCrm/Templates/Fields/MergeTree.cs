using System.Text.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Templates.Fields;

/// <summary>The values of fields as the engine sees them: dictionaries, lists and texts.</summary>
internal static class MergeTree
{
    internal const int MostItems = 500;
    private const int MostData = 32_768;

    /// <summary>Puts defaults where there is nothing, and says what is missing all the same.</summary>
    /// <returns>Fields that are written without a guard and have no value.</returns>
    public static IReadOnlyList<string> Complete(Dictionary<string, object?> values, IReadOnlyList<MergeUse> uses, IReadOnlyDictionary<string, string> defaults)
    {
        foreach (var (field, text) in defaults)
            if (Find(values, field) is null) Put(values, field, text);
        return [.. uses.Where(use => !use.IsGuarded && !use.Path.Contains("[]", StringComparison.Ordinal) && Find(values, use.Path) is null).Select(use => use.Path).Distinct()];
    }

    public static object? OfData(JsonElement? data)
    {
        if (data is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } sent) return new Dictionary<string, object?>();
        if (sent.ValueKind != JsonValueKind.Object) throw ApiProblem.Invalid("/data", "wrong_form", "An object, whose members are data.… in the template.");
        if (sent.GetRawText().Length > MostData) throw ApiProblem.Invalid("/data", "too_long", $"At most {MostData} characters as JSON.");
        return OfJson(sent);
    }

    public static object? OfJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => OfJson(member.Value)),
        JsonValueKind.Array when value.GetArrayLength() > MostItems => throw ApiProblem.Invalid("/data", "too_many", $"At most {MostItems} items in a list."),
        JsonValueKind.Array => new List<object?>(value.EnumerateArray().Select(OfJson)),
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        _ => null, // false is as good as nothing in {{#if}}
    };

    private static object? Find(Dictionary<string, object?> values, string path)
    {
        object? found = values;
        foreach (var name in path.Split('.'))
            if (found is not Dictionary<string, object?> inside || !inside.TryGetValue(name, out found)) return null;
        return found is List<object?> { Count: 0 } ? null : found;
    }

    public static void Put(Dictionary<string, object?> values, string path, object? value)
    {
        var names = path.Split('.');
        var inside = values;
        foreach (var name in names[..^1])
        {
            if (inside.GetValueOrDefault(name) is not Dictionary<string, object?> next) inside[name] = next = [];
            inside = next;
        }
        inside[names[^1]] = value;
    }
}
