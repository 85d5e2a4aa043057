using CustomerCrm.Analytics;
using CustomerCrm.Insights;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Metrics;

/// <summary>GET /reports/service/volume: how many tickets were opened, by channel, topic, team, hour of the day or hour of the week.</summary>
public static class ShowVolume
{
    // Every hour of a week.
    private const int MostGroups = 168;

    public sealed record Report
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <example>channel</example>
        public required string By { get; init; }

        /// <summary>Tickets opened in these days.</summary>
        public required int N { get; init; }

        /// <summary>Those with the most first; of hours, in their order, without those in which there was none. At most 168.</summary>
        public required IReadOnlyList<Group> Data { get; init; }
    }

    public sealed record Group
    {
        /// <summary>A channel, the id of a topic or team, or an hour from 0 to 23, or of a week from monday_00 to sunday_23, in the tenant's zone; null: tickets that have none.</summary>
        /// <example>email</example>
        public required string? Id { get; init; }

        /// <summary>Of a topic or team, what it is called.</summary>
        public required string? Name { get; init; }

        /// <summary>The share of all that were opened.</summary>
        public required RateFigure Share { get; init; }

        /// <summary>How many in as many days just before.</summary>
        public required int Before { get; init; }
    }

    /// <param name="by">channel, topic, team, hour or weekday_hour.</param>
    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    /// <param name="channel">Only tickets that began so.</param>
    /// <param name="team_id">Only tickets of this queue.</param>
    /// <param name="agent_id">Only this agent's tickets.</param>
    /// <param name="topic_id">Only tickets about this.</param>
    internal static async Task<Report> Handle(
        string by, DateOnly? from, DateOnly? to, string? channel, string? team_id, string? agent_id, string? topic_id, VolumeCounts volumes, CurrentSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var filter = await ReportFilter.OfAsync(from, to, channel, team_id, agent_id, topic_id, settings, clock, ct);
        if (VolumeCounts.Read(by) is not { } grouping) throw ApiProblem.BadQuery("by", "value_invalid", "channel, topic, team, hour or weekday_hour.");
        var counts = await volumes.ReadAsync(grouping, filter.Starts, filter.Ends, filter.OfTickets(), ct);
        var before = (await volumes.ReadAsync(grouping, filter.BeforeStarts, filter.Starts, filter.OfTickets(), ct)).ToDictionary(group => group.Id ?? "", group => group.Count);
        var names = await volumes.NamesAsync(grouping, ct);
        var n = counts.Sum(group => group.Count);
        var ordered = VolumeCounts.IsOfTime(grouping) ? counts.OrderBy(group => group.Order) : counts.OrderByDescending(group => group.Count).ThenBy(group => group.Id, StringComparer.Ordinal);
        return new Report
        {
            From = filter.Range.From,
            To = filter.Range.To,
            By = by,
            N = n,
            Data = [.. ordered.Take(MostGroups).Select(group => new Group { Id = group.Id, Name = group.Id is { } id ? names.GetValueOrDefault(id) : null, Share = RateFigure.Of(Rate.Of(group.Count, n)), Before = before.GetValueOrDefault(group.Id ?? "") })],
        };
    }
}
