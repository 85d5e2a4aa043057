using System.Globalization;
using System.Text.Json;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>RFC 6901: where in a JSON document something is. Empty is the whole of it.</summary>
internal static class PayloadPointer
{
    /// <summary>Its parts with <c>~1</c> and <c>~0</c> read; null for what is no pointer.</summary>
    public static IReadOnlyList<string>? Parts(string pointer)
    {
        if (pointer.Length == 0) return [];
        if (pointer[0] != '/') return null;
        var parts = pointer[1..].Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            for (var at = parts[i].IndexOf('~', StringComparison.Ordinal); at >= 0; at = parts[i].IndexOf('~', at + 1))
                if (at + 1 >= parts[i].Length || parts[i][at + 1] is not ('0' or '1')) return null;
            parts[i] = parts[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }
        return parts;
    }

    /// <summary>What stands there; null where nothing does, or where it is null.</summary>
    public static JsonElement? Find(JsonElement document, string pointer)
    {
        var at = document;
        foreach (var part in Parts(pointer) ?? [])
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out var member)) at = member;
            else if (at.ValueKind == JsonValueKind.Array && IndexOf(part) is { } index && index < at.GetArrayLength()) at = at[index];
            else return null;
        }
        return at.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : at;
    }

    /// <summary>A place in a list, as the RFC writes it: without leading zeros.</summary>
    public static int? IndexOf(string part) =>
        part is "0" || (part.Length is > 0 and < 7 && part[0] is >= '1' and <= '9' && part.All(char.IsAsciiDigit)) ? int.Parse(part, CultureInfo.InvariantCulture) : null;
}
