using System.Text.RegularExpressions;
using System.Text.Json;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Puts what the event says into a text: <c>{{/order_number}}</c> by its place in the event's data. What is not there leaves nothing. Pure.</summary>
internal static partial class FilledText
{
    public static string Of(string text, JsonElement data, int longest)
    {
        var filled = Place().Replace(text, match => PayloadPointer.Find(data, match.Groups[1].Value) is { } value ? MappedValue.TextOf(value) : "");
        return filled.Beginning(longest);
    }

    /// <summary>The same, or something else where nothing is left of it.</summary>
    public static string Of(string text, JsonElement data, int longest, string otherwise) => Of(text, data, longest).Trim() is { Length: > 0 } filled ? filled : otherwise;

    [GeneratedRegex(@"\{\{\s*(/[^{}\s]*)\s*\}\}")]
    private static partial Regex Place();
}
