namespace CustomerCrm.Platform.Events;

/// <summary>What the events are called that there are, for those who name events that they wait for: a misspelt one would be waited for in vain.</summary>
/// <param name="All">Each once.</param>
public sealed record EventNames(IReadOnlyList<string> All)
{
    /// <summary>Whether a pattern means an event: by its name (<c>order.paid</c>), with all of its resource (<c>order.*</c>), or with everything (<c>*</c>).</summary>
    public static bool IsMeant(string pattern, string name) =>
        pattern == "*" || pattern == name || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal));

    /// <summary>Whether a pattern means any that there is.</summary>
    public bool Know(string pattern) => All.Any(name => IsMeant(pattern, name));
}
