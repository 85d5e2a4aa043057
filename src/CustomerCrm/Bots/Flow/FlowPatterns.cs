using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CustomerCrm.Bots.Flow;

/// <summary>Tenants' regular expressions. They run in time linear in the message (RegexOptions.NonBacktracking), and at most a tenth of a second.</summary>
internal static class FlowPatterns
{
    private const int Longest = 200, MostKept = 2000;
    private static readonly TimeSpan longestRun = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentDictionary<string, Regex> kept = new(StringComparer.Ordinal);

    /// <returns>Null: it can be used. Else why not.</returns>
    public static string? WhyNot(string pattern)
    {
        if (pattern.Length is 0 or > Longest || string.IsNullOrWhiteSpace(pattern)) return $"1 to {Longest} characters.";
        try
        {
            return Of(pattern).IsMatch("") ? "It matches everything." : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InsufficientExecutionStackException)
        {
            return "It cannot be read, or has look-around, a back-reference, an atomic group or too much repetition.";
        }
        catch (RegexMatchTimeoutException)
        {
            return "It takes too long.";
        }
    }

    public static Regex Of(string pattern)
    {
        if (kept.TryGetValue(pattern, out var known)) return known;
        if (kept.Count >= MostKept) kept.Clear();
        return kept.GetOrAdd(pattern, static text => new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, longestRun));
    }

    /// <summary>What it finds; nothing, where it took too long.</summary>
    public static Match? Find(string pattern, string text)
    {
        try
        {
            return Of(pattern).Match(text) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
