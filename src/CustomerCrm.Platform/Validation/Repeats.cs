namespace CustomerCrm.Platform.Validation;

/// <summary>Which of several say what one before them says already. Pure.</summary>
public static class Repeats
{
    /// <param name="all">In their order; null for none.</param>
    /// <param name="key">What each may say only once.</param>
    /// <returns>Their places, so that a rule can name each of them.</returns>
    public static IEnumerable<int> In<T, TKey>(IReadOnlyList<T>? all, Func<T, TKey> key)
    {
        var seen = new HashSet<TKey>();
        foreach (var (i, one) in (all ?? []).Index())
            if (!seen.Add(key(one))) yield return i;
    }
}
