using System.Globalization;
using CustomerCrm.Analytics;
using CustomerCrm.Insights;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Metrics;

/// <summary>GET /reports/service/volume: how many tickets were opened, by channel, topic, team or hour of the day.</summary>
public static class ShowVolume
{
    private const int MostGroups = 100;

    public sealed record Report
    {
        public required DateOnly From { get; init; }
        public required DateOnly To { get; init; }

        /// <example>channel</example>
        public required string By { get; init; }

        /// <summary>Tickets opened in these days.</summary>
        public required int N { get; init; }

        /// <summary>Those with the most first; of hours, in their order. At most 100.</summary>
        public required IReadOnlyList<Group> Data { get; init; }
    }

    public sealed record Group
    {
        /// <summary>A channel, the id of a topic or team, or an hour from 0 to 23 in the tenant's zone; null: tickets that have none.</summary>
        /// <example>email</example>
        public required string? Id { get; init; }

        /// <summary>Of a topic or team, what it is called.</summary>
        public required string? Name { get; init; }

        /// <summary>The share of all that were opened.</summary>
        public required RateFigure Share { get; init; }

        /// <summary>How many in as many days just before.</summary>
        public required int Before { get; init; }
    }

    /// <param name="by">channel, topic, team or hour.</param>
    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    /// <param name="channel">Only tickets that began so.</param>
    /// <param name="team_id">Only tickets of this queue.</param>
    /// <param name="agent_id">Only this agent's tickets.</param>
    /// <param name="topic_id">Only tickets about this.</param>
    internal static async Task<Report> Handle(
        string by, DateOnly? from, DateOnly? to, string? channel, string? team_id, string? agent_id, string? topic_id, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var filter = await ReportFilter.OfAsync(from, to, channel, team_id, agent_id, topic_id, settings, clock, ct);
        var rows = await RowsAsync(filter.Starts, filter.Ends);
        var before = (await RowsAsync(filter.BeforeStarts, filter.Starts)).ToDictionary(IdOf, row => row.Count);
        var names = by switch
        {
            "topic" => (await db.QueryAsync<Named>(Topics, null, ct)).ToDictionary(one => Id<TicketTopic>.FromBytes(one.Id).ToString(), one => one.Name),
            "team" => (await db.QueryAsync<Named>(Teams, null, ct)).ToDictionary(one => Id<Team>.FromBytes(one.Id).ToString(), one => one.Name),
            _ => [],
        };
        var n = rows.Sum(row => row.Count);
        var ordered = by == "hour" ? rows.OrderBy(row => row.Number) : rows.OrderByDescending(row => row.Count).ThenBy(row => IdOf(row).Text, StringComparer.Ordinal);
        return new Report
        {
            From = filter.Range.From,
            To = filter.Range.To,
            By = by,
            N = n,
            Data = [.. ordered.Take(MostGroups).Select(row => new Group { Id = IdOf(row).Text, Name = IdOf(row).Text is { } id ? names.GetValueOrDefault(id) : null, Share = RateFigure.Of(Rate.Of(row.Count, n)), Before = before.GetValueOrDefault(IdOf(row)) })],
        };

        Task<IReadOnlyList<Row>> RowsAsync(DateTimeOffset starts, DateTimeOffset ends) => db.QueryAsync<Row>(by switch
        {
            "channel" => ByChannel.And(filter.OfTickets()).Then("GROUP BY f.Channel"),
            "hour" => ByHour.And(filter.OfTickets()).Then("GROUP BY f.OpenedHour"),
            "topic" => ByTopic.And(filter.OfTickets()).Then("GROUP BY f.TopicId"),
            "team" => ByTeam.And(filter.OfTickets()).Then("GROUP BY f.TeamId"),
            _ => throw ApiProblem.BadQuery("by", "value_invalid", "channel, topic, team or hour."),
        }, new { Starts = starts, Ends = ends }, ct);

        Key IdOf(Row row) => new(by switch
        {
            "channel" => StrictJson.NameOf((InteractionChannel)row.Number!.Value),
            "hour" => row.Number!.Value.ToString(CultureInfo.InvariantCulture),
            _ when row.GroupId is null => null,
            "topic" => Id<TicketTopic>.FromBytes(row.GroupId).ToString(),
            _ => Id<Team>.FromBytes(row.GroupId).ToString(),
        });
    }

    // A dictionary takes no null for a key.
    private readonly record struct Key(string? Text);

    private sealed record Row
    {
        public int? Number { get; init; }
        public byte[]? GroupId { get; init; }
        public required int Count { get; init; }
    }

    private sealed record Named
    {
        public required byte[] Id { get; init; }
        public required string Name { get; init; }
    }

    private static readonly TenantSql ByChannel = TenantSql.Of("""
        SELECT f.Channel AS Number, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql ByHour = TenantSql.Of("""
        SELECT f.OpenedHour AS Number, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql ByTopic = TenantSql.Of("""
        SELECT f.TopicId AS GroupId, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql ByTeam = TenantSql.Of("""
        SELECT f.TeamId AS GroupId, COUNT(*) AS Count
        FROM ServiceTickets f
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql Topics = TenantSql.Of("SELECT p.Id, p.Name FROM Topics p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Teams = TenantSql.Of("SELECT g.Id, g.Name FROM Teams g WHERE g.TenantId = @TenantId");
}
