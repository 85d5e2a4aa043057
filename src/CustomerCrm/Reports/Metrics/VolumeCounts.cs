using System.Globalization;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reports.Metrics;

/// <summary>By what the tickets of some days are counted.</summary>
internal enum VolumeGrouping
{
    Channel = 1,
    Hour = 2,
    WeekdayHour = 3,
    Topic = 4,
    Team = 5,
}

/// <summary>Counts opened tickets in groups, one stretch of an index.</summary>
internal sealed class VolumeCounts(TenantDb db)
{
    private static readonly string[] weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <returns>Null: there is no such grouping.</returns>
    public static VolumeGrouping? Read(string by) => by switch
    {
        "channel" => VolumeGrouping.Channel,
        "hour" => VolumeGrouping.Hour,
        "weekday_hour" => VolumeGrouping.WeekdayHour,
        "topic" => VolumeGrouping.Topic,
        "team" => VolumeGrouping.Team,
        _ => null,
    };

    public static bool IsOfTime(VolumeGrouping by) => by is VolumeGrouping.Hour or VolumeGrouping.WeekdayHour;

    public async Task<IReadOnlyList<VolumeGroup>> ReadAsync(VolumeGrouping by, DateTimeOffset starts, DateTimeOffset ends, Condition narrowed, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(Opened.And(narrowed).Then(GroupedBy), new { By = by, Starts = starts, Ends = ends }, ct)).Select(row => new VolumeGroup(IdOf(by, row), row.Number ?? 0, row.Count))];

    /// <summary>What topics and teams are called, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(VolumeGrouping by, CancellationToken ct) => by switch
    {
        VolumeGrouping.Topic => (await db.QueryAsync<Named>(Topics, null, ct)).ToDictionary(one => Id<TicketTopic>.FromBytes(one.Id).ToString(), one => one.Name),
        VolumeGrouping.Team => (await db.QueryAsync<Named>(Teams, null, ct)).ToDictionary(one => Id<Team>.FromBytes(one.Id).ToString(), one => one.Name),
        _ => new Dictionary<string, string>(),
    };

    private static string? IdOf(VolumeGrouping by, Row row) => by switch
    {
        VolumeGrouping.Channel => StrictJson.NameOf((InteractionChannel)row.Number!.Value),
        VolumeGrouping.Hour => row.Number!.Value.ToString(CultureInfo.InvariantCulture),
        VolumeGrouping.WeekdayHour => string.Create(CultureInfo.InvariantCulture, $"{weekdays[row.Number!.Value / 24]}_{row.Number.Value % 24:00}"),
        _ when row.GroupId is null => null,
        VolumeGrouping.Topic => Id<TicketTopic>.FromBytes(row.GroupId).ToString(),
        _ => Id<Team>.FromBytes(row.GroupId).ToString(),
    };

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

    private const string Number = "CASE @By WHEN 1 THEN f.Channel WHEN 2 THEN f.OpenedHour WHEN 3 THEN f.OpenedWeekHour END";

    private const string Group = "CASE @By WHEN 4 THEN p.Id WHEN 5 THEN f.TeamId END";

    private const string GroupedBy = $"GROUP BY {Number}, {Group}";

    // No ticket is about a topic that was deleted.
    private static readonly TenantSql Opened = TenantSql.Of($"""
        SELECT {Number} AS Number, {Group} AS GroupId, COUNT(*) AS Count
        FROM ServiceTickets f
        LEFT JOIN Topics p ON p.TenantId = f.TenantId AND p.Id = f.TopicId
        WHERE f.TenantId = @TenantId
          AND f.OpenedAt >= @Starts
          AND f.OpenedAt < @Ends
        """);

    private static readonly TenantSql Topics = TenantSql.Of("SELECT p.Id, p.Name FROM Topics p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Teams = TenantSql.Of("SELECT g.Id, g.Name FROM Teams g WHERE g.TenantId = @TenantId");
}

/// <summary>How many tickets are of a kind.</summary>
/// <param name="Id">Of which; null: they have none.</param>
/// <param name="Order">Of hours, their place.</param>
/// <param name="Count">How many.</param>
internal sealed record VolumeGroup(string? Id, int Order, int Count);
