using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Radar;

/// <summary>Counts what tickets are about, by week: topics, and words of subjects.</summary>
internal sealed class RadarCounts(TenantDb db, CurrentSettings settings)
{
    private const int Weeks = 8, FewestTickets = 5, MostWords = 200;

    public async Task<RadarWeeks> ReadAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var (totals, topics) = await TopicsAsync(first, ct);
        return new RadarWeeks(first, last, totals, [.. topics, .. await WordsAsync(first, last, ct)]);
    }

    private async Task<(int[] Totals, IReadOnlyList<AskedAbout> Topics)> TopicsAsync(DateOnly first, CancellationToken ct)
    {
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var (totals, counts) = (new int[Weeks + 1], new Dictionary<Id<TicketTopic>, int[]>());
        for (var week = 0; week <= Weeks; week++)
        {
            var begins = first.AddDays(-7 * (Weeks - week));
            foreach (var row in await db.QueryAsync<TopicCount>(Topics, new { Starts = calendar.StartOf(begins), Ends = calendar.StartOf(begins.AddDays(7)) }, ct))
            {
                totals[week] += row.Count;
                if (row.TopicId is null) continue;
                var id = Id<TicketTopic>.FromBytes(row.TopicId);
                if (!counts.TryGetValue(id, out var ofTopic)) counts[id] = ofTopic = new int[Weeks + 1];
                ofTopic[week] = row.Count;
            }
        }
        var names = (await db.QueryAsync<Named>(TopicNames, null, ct)).ToDictionary(one => Id<TicketTopic>.FromBytes(one.Id), one => one.Name);
        return (totals, [.. counts.Where(topic => topic.Value[Weeks] >= FewestTickets && names.ContainsKey(topic.Key)).Select(topic => new AskedAbout(topic.Key, names[topic.Key], topic.Value))]);
    }

    private async Task<IReadOnlyList<AskedAbout>> WordsAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        var frequent = await db.QueryTopAsync<WordCount>(Frequent, MostWords, new { From = first, To = last, Fewest = FewestTickets }, ct);
        if (frequent.Count == 0) return [];
        var counts = frequent.ToDictionary(word => word.Stem, word => new AskedAbout(null, word.Word, new int[Weeks + 1]));
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
