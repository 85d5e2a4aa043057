using CustomerCrm.Analytics.Surges;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Radar;

/// <summary>Pure: what of all that customers ask about has risen by more than chance.</summary>
internal static class RadarDecision
{
    private const double MostFalse = 0.05;

    public static ShowRadar.Report Of(RadarWeeks weeks)
    {
        var (totals, asked) = (weeks.Totals, weeks.Asked);
        var hasHistory = totals[..^1].Any(total => total > 0);
        double[] chances = [.. asked.Select(one => hasHistory ? SurgeTest.Chance(one.Counts[^1], one.Counts[..^1], totals[^1], totals[..^1]) : 1)];
        var rates = FalseDiscoveries.Adjusted(chances);
        return new ShowRadar.Report
        {
            From = weeks.From,
            To = weeks.To,
            N = totals[^1],
            NBefore = totals[..^1],
            Sufficient = hasHistory,
            Reason = hasHistory ? null : "no_history",
            Tested = asked.Count,
            Rises =
            [
                .. asked.Select((one, i) => new ShowRadar.Rise
                {
                    Kind = one.TopicId is null ? "word" : "topic", TopicId = one.TopicId, Name = one.Name, Count = one.Counts[^1], Before = one.Counts[..^1],
                    Expected = hasHistory ? Math.Round(one.Counts[..^1].Sum() * (double)totals[^1] / totals[..^1].Sum(), 2) : 0, Chance = chances[i], FalseDiscoveryRate = rates[i],
                }).Where(rise => rise.FalseDiscoveryRate <= MostFalse).OrderBy(rise => rise.Chance).ThenBy(rise => rise.Name, StringComparer.Ordinal),
            ],
        };
    }
}

/// <summary>The week that is looked at and the eight before it, the earliest first.</summary>
internal sealed record RadarWeeks(DateOnly From, DateOnly To, int[] Totals, IReadOnlyList<AskedAbout> Asked);

/// <summary>A topic or a word, and how many tickets of each week are about it.</summary>
/// <param name="TopicId">Null: a word.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Counts">By week, the earliest first.</param>
internal sealed record AskedAbout(Id<TicketTopic>? TopicId, string Name, int[] Counts);
