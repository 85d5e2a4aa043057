using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Platform.Problems;

/// <summary>RFC 6901 pointers, from the ways .NET says where in a document something is.</summary>
internal static class JsonPointer
{
    /// <summary><c>Lines[0].UnitPrice</c>'s parts, in the names of the wire.</summary>
    public static string Add(string pointer, string member) =>
        $"{pointer}/{Escape(JsonNamingPolicy.SnakeCaseLower.ConvertName(member))}";

    /// <summary>Where the body is wrong.</summary>
    public static string Of(JsonException e) =>
        FromJsonPath(e.Path) + (e is InnerJsonException { InnerException: JsonException within } ? Of(within) : "");

    /// <summary><c>$.lines[0].unit_price</c> as <c>/lines/0/unit_price</c>.</summary>
    public static string FromJsonPath(string? path)
    {
        if (string.IsNullOrEmpty(path) || path == "$") return "";
        var pointer = new StringBuilder();
        for (var i = 1; i < path.Length;)
        {
            var quoted = path.AsSpan(i).StartsWith("['", StringComparison.Ordinal);
            var start = i + (quoted ? 2 : 1);
            var end = quoted ? path.IndexOf("']", start, StringComparison.Ordinal) : path.AsSpan(start).IndexOfAny('.', '[', ']') is var next and >= 0 ? start + next : path.Length;
            if (end < 0) end = path.Length;
            pointer.Append('/').Append(Escape(path[start..end]));
            i = quoted ? end + 2 : end < path.Length && path[end] == ']' ? end + 1 : end;
        }
        return pointer.ToString();
    }

    /// <summary>A member's name as a part of a pointer.</summary>
    public static string Escape(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
