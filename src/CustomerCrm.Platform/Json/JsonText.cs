using System.Text.Json;

namespace CustomerCrm.Platform.Json;

/// <summary>Texts in somebody else's JSON, which may hold what is none: half of a surrogate pair is written well and cannot be read.</summary>
public static class JsonText
{
    /// <summary>The text; null for any other value, and for what is no text in Unicode.</summary>
    public static string? Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member; null, too, where there is no such member or this is no object.</summary>
    public static string? Of(JsonElement value, string member) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var found) ? Of(found) : null;
}
