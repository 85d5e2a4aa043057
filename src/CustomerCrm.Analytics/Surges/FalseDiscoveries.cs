namespace CustomerCrm.Analytics.Surges;

/// <summary>
/// Of many tests at once, those to be believed: Y. Benjamini and Y. Hochberg (1995, "Controlling the False Discovery Rate", JRSS B 57). Of those it names, on average at
/// most the given share is there by chance.
/// </summary>
public static class FalseDiscoveries
{
    /// <summary>The smallest rate at which each test would be believed, in the order of the tests (their adjusted p-values).</summary>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> chances)
    {
        var adjusted = new double[chances.Count];
        var least = 1.0;
        foreach (var (index, i) in chances.Select((chance, index) => (chance, index)).OrderByDescending(one => one.chance).ThenByDescending(one => one.index).Select((one, place) => (one.index, chances.Count - place)))
        {
            least = Math.Min(least, chances[index] * chances.Count / i);
            adjusted[index] = least;
        }
        return adjusted;
    }
}
