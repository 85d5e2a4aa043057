using System.Globalization;
using CustomerCrm.Analytics.Rfm;

namespace CustomerCrm.Insights.Rfm;

/// <summary>The groups in words, told from the table itself so that the two cannot differ.</summary>
internal static class RfmDefinitions
{
    private static readonly Dictionary<RfmGroup, string> all = Cells()
        .GroupBy(cell => RfmGroups.Of(cell.Recency, cell.Worth, cell.Worth))
        .ToDictionary(cells => cells.Key, cells => string.Join(", or ", cells.GroupBy(cell => cell.Recency).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"recency {row.Key} and frequency with monetary {string.Join(" or ", row.Select(cell => cell.Worth))}"))));

    /// <summary>Frequency with monetary is the mean of the two scores, a half rounded up.</summary>
    public static string Of(RfmGroup group) => all[group];

    private static IEnumerable<(int Recency, int Worth)> Cells() =>
        from recency in Enumerable.Range(1, Quintiles.Fifths).Reverse()
        from worth in Enumerable.Range(1, Quintiles.Fifths)
        select (recency, worth);
}
