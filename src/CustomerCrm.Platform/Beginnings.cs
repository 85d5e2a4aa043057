namespace CustomerCrm.Platform;

/// <summary>As much of a text as there is room for, never cut in the middle of a character.</summary>
public static class Beginnings
{
    /// <param name="text">The whole text.</param>
    /// <param name="most">In UTF-16 units, as a text's length is counted.</param>
    public static string Beginning(this string text, int most) => text.Length <= most ? text : text[..(most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <returns>Null for a text that is missing or empty.</returns>
    public static string? BeginningOrNull(this string? text, int most) => text is { Length: > 0 } ? text.Beginning(most) : null;

    /// <summary>The beginning, and where something is left out, an ellipsis says so; with it, it is no longer than <paramref name="most"/>.</summary>
    public static string Shortened(this string text, int most) => text.Length <= most ? text : $"{text.Beginning(most - 1).TrimEnd()}…";
}
