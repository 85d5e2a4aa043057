using CustomerCrm.Analytics.Surges;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Radar;

/// <summary>GET /reports/service/radar: what customers ask about unusually often, in the last week beside the eight before.</summary>
public static class ShowRadar
{
    private const int Weeks = 8, FewestTickets = 5, MostWords = 200;

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
    internal static async Task<Report> Handle(DateOnly? to, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var last = to ?? calendar.DayOf(clock.GetUtcNow());
        if (last.Year is < 1900 or > 2200) throw Platform.Problems.ApiProblem.BadQuery("to", "out_of_range", "Between the years 1900 and 2200.");
        var first = last.AddDays(-6);
        return await db.InSnapshotAsync(async () =>
        {
            var (totals, topics) = (new int[Weeks + 1], new Dictionary<string, int[]>());
            for (var week = 0; week <= Weeks; week++)
            {
                var begins = first.AddDays(-7 * (Weeks - week));
                foreach (var row in await db.QueryAsync<TopicCount>(Topics, new { Starts = calendar.StartOf(begins), Ends = calendar.StartOf(begins.AddDays(7)) }, ct))
                {
                    totals[week] += row.Count;
                    if (row.TopicId is null) continue;
                    var id = Id<TicketTopic>.FromBytes(row.TopicId).ToString();
                    if (!topics.TryGetValue(id, out var counts)) topics[id] = counts = new int[Weeks + 1];
                    counts[week] = row.Count;
                }
            }
            var names = (await db.QueryAsync<Named>(TopicNames, null, ct)).ToDictionary(one => Id<TicketTopic>.FromBytes(one.Id).ToString(), one => one.Name);
            var asked = topics.Where(topic => topic.Value[Weeks] >= FewestTickets && names.ContainsKey(topic.Key)).Select(topic => ("topic", Id<TicketTopic>.Parse(topic.Key), names[topic.Key], topic.Value))
                .Concat((await WordsAsync(first, last, db, ct)).Select(word => ("word", default(Id<TicketTopic>), word.Word, word.Counts))).ToArray();
            return Of(first, last, totals, asked);
        }, ct);
    }

    private static Report Of(DateOnly first, DateOnly last, int[] totals, (string Kind, Id<TicketTopic> TopicId, string Name, int[] Counts)[] asked)
    {
        var hasHistory = totals[..Weeks].Any(total => total > 0);
        double[] chances = [.. asked.Select(one => hasHistory ? SurgeTest.Chance(one.Counts[Weeks], one.Counts[..Weeks], totals[Weeks], totals[..Weeks]) : 1)];
        var rates = FalseDiscoveries.Adjusted(chances);
        return new Report
        {
            From = first,
            To = last,
            N = totals[Weeks],
            NBefore = totals[..Weeks],
            Sufficient = hasHistory,
            Reason = hasHistory ? null : "no_history",
            Tested = asked.Length,
            Rises =
            [
                .. asked.Select((one, i) => new Rise
                {
                    Kind = one.Kind, TopicId = one.Kind == "topic" ? one.TopicId : null, Name = one.Name, Count = one.Counts[Weeks], Before = one.Counts[..Weeks],
                    Expected = hasHistory ? Math.Round(one.Counts[..Weeks].Sum() * (double)totals[Weeks] / totals[..Weeks].Sum(), 2) : 0, Chance = chances[i], FalseDiscoveryRate = rates[i],
                }).Where(rise => rise.FalseDiscoveryRate <= 0.05).OrderBy(rise => rise.Chance).ThenBy(rise => rise.Name, StringComparer.Ordinal),
            ],
        };
    }

    private static async Task<IReadOnlyList<(string Word, int[] Counts)>> WordsAsync(DateOnly first, DateOnly last, TenantDb db, CancellationToken ct)
    {
        var frequent = await db.QueryTopAsync<WordCount>(Frequent, MostWords, new { From = first, To = last, Fewest = FewestTickets }, ct);
        if (frequent.Count == 0) return [];
        var counts = frequent.ToDictionary(word => word.Stem, word => (word.Word, Counts: new int[Weeks + 1]));
        foreach (var word in frequent) counts[word.Stem].Counts[Weeks] = word.Tickets;
        var days = await db.QueryAsync<WordDay>(Days.And(Condition.In("w.Stem", frequent.Select(word => word.Stem))), new { From = first.AddDays(-7 * Weeks), To = first.AddDays(-1) }, ct);
        foreach (var day in days) counts[day.Stem].Counts[(day.Day.DayNumber - first.DayNumber + 7 * Weeks) / 7] += day.Tickets;
        return [.. counts.Values];
    }

    private sealed record TopicCount
    {
        public byte[]? TopicId { get; init; }
        public required int Count { get; init; }
    }

    private sealed record Named
    {
        public required byte[] Id { get; init; }
        public required string Name { get; init; }
    }

    private sealed record WordCount
    {
        public required string Stem { get; init; }
        public required string Word { get; init; }
        public required int Tickets { get; init; }
    }

    private sealed record WordDay
    {
        public required string Stem { get; init; }
        public required DateOnly Day { get; init; }
        public required int Tickets { get; init; }
    }

    private static readonly TenantSql Topics = TenantSql.Of("""
        SELECT f.TopicId, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        GROUP BY f.TopicId
        """);

    private static readonly TenantSql TopicNames = TenantSql.Of("SELECT p.Id, p.Name FROM Topics p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Frequent = TenantSql.Of("""
        SELECT w.Stem, MIN(w.Word) AS Word, SUM(w.Tickets) AS Tickets
        FROM ServiceWords w
        WHERE w.TenantId = @TenantId
          AND w.Day >= @From
          AND w.Day <= @To
        GROUP BY w.Stem
        HAVING SUM(w.Tickets) >= @Fewest
        ORDER BY SUM(w.Tickets) DESC, w.Stem
        """);

    private static readonly TenantSql Days = TenantSql.Of("""
        SELECT w.Stem, w.Day, w.Tickets
        FROM ServiceWords w
        WHERE w.TenantId = @TenantId
          AND w.Day >= @From
          AND w.Day <= @To
        """);
}
