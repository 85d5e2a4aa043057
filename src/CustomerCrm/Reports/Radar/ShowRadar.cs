using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Radar;

/// <summary>GET /reports/service/radar: what customers ask about unusually often, in the last week beside the eight before.</summary>
public static class ShowRadar
{
    public sealed record Report
    {
        /// <summary>The first of the seven days that are looked at, in the tenant's zone.</summary>
        public required DateOnly From { get; init; }

        public required DateOnly To { get; init; }

        /// <summary>Tickets opened in these days, and in each of the eight weeks before, the earliest first.</summary>
        public required int N { get; init; }

        public required IReadOnlyList<int> NBefore { get; init; }

        /// <summary>Whether there is a week before to compare with.</summary>
        public required bool Sufficient { get; init; }

        /// <summary>Why not: <c>no_history</c>.</summary>
        public required string? Reason { get; init; }

        /// <summary>Topics and words that rose by more than chance, the surest first: of these, on average one in twenty is there by chance all the same.</summary>
        public required IReadOnlyList<Rise> Rises { get; init; }

        /// <summary>How many topics and words were looked at: those in at least 5 tickets.</summary>
        public required int Tested { get; init; }
    }

    public sealed record Rise
    {
        /// <summary><c>topic</c> or <c>word</c>.</summary>
        public required string Kind { get; init; }

        /// <summary>Of a topic.</summary>
        public required Id<TicketTopic>? TopicId { get; init; }

        /// <summary>Of the topic, or the word as it was first written.</summary>
        /// <example>parcel</example>
        public required string Name { get; init; }

        /// <summary>Tickets of the last week.</summary>
        public required int Count { get; init; }

        /// <summary>In each of the eight weeks before, the earliest first.</summary>
        public required IReadOnlyList<int> Before { get; init; }

        /// <summary>How many there would have been, had it grown as all tickets did.</summary>
        public required double Expected { get; init; }

        /// <summary>The chance of so many if nothing has changed (Przyborowski and Wilenski 1940; where weeks vary more than that, a negative binomial).</summary>
        public required double Chance { get; init; }

        /// <summary>The share of false alarms among all that are at least this sure (Benjamini and Hochberg 1995); listed up to 0.05.</summary>
        public required double FalseDiscoveryRate { get; init; }
    }

    /// <param name="to">The last of the seven days; left out: today.</param>
    internal static async Task<Report> Handle(DateOnly? to, RadarCounts counts, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var last = to ?? (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow());
        if (last.Year is < 1900 or > 2200) throw ApiProblem.BadQuery("to", "out_of_range", "Between the years 1900 and 2200.");
        return await db.InSnapshotAsync(async () => RadarDecision.Of(await counts.ReadAsync(last.AddDays(-6), last, ct)), ct);
    }
}
