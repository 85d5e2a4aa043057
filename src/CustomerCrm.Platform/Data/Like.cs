namespace CustomerCrm.Platform.Data;

/// <summary>For <c>LIKE … ESCAPE '!'</c>, which both engines take.</summary>
public static class Like
{
    public static string StartsWith(string text) => Escape(text) + "%";

    public static string Contains(string text) => $"%{Escape(text)}%";

    private static string Escape(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal)
        .Replace("[", "![", StringComparison.Ordinal);
}
