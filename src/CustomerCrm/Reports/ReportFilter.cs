using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Sentiment.Reports;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Reports;

/// <summary>Which days a report of service is about, those it is compared with, and which tickets it counts.</summary>
internal sealed record ReportFilter
{
    public required ReportRange Range { get; init; }
    public InteractionChannel? Channel { get; init; }
    public Id<Team>? TeamId { get; init; }
    public Id<User>? AgentId { get; init; }
    public Id<TicketTopic>? TopicId { get; init; }

    public DateTimeOffset Starts => Range.Starts;
    public DateTimeOffset Ends => Range.Ends;

    /// <summary>The first of as many days just before.</summary>
    public DateOnly BeforeFrom => Range.From.AddDays(Range.From.DayNumber - Range.To.DayNumber - 1);

    public DateTimeOffset BeforeStarts => Range.Calendar.StartOf(BeforeFrom);

    public bool IsNarrowed => Channel is not null || TeamId is not null || AgentId is not null || TopicId is not null;

    /// <exception cref="ApiProblem">400: a value that is none.</exception>
    public static async Task<ReportFilter> OfAsync(DateOnly? from, DateOnly? to, string? channel, string? teamId, string? agentId, string? topicId, CurrentSettings settings, TimeProvider clock, CancellationToken ct) => new()
    {
        Range = ReportRange.Of(from, to, (await settings.GetAsync(ct)).Calendar, clock.GetUtcNow()),
        Channel = (InteractionChannel?)Read("channel", channel, FilterType.OneOf<InteractionChannel>()),
        TeamId = (Id<Team>?)Read("team_id", teamId, FilterType.IdOf<Team>()),
        AgentId = (Id<User>?)Read("agent_id", agentId, FilterType.IdOf<User>()),
        TopicId = (Id<TicketTopic>?)Read("topic_id", topicId, FilterType.IdOf<TicketTopic>()),
    };

    /// <summary>Of the facts of tickets, called f.</summary>
    public Condition OfTickets() => Condition.All(
    [
        .. Channel is { } channel ? [Condition.Of("f.Channel = {0}", (int)channel)] : Array.Empty<Condition>(),
        .. TeamId is { } team ? [Condition.Of("f.TeamId = {0}", team.ToBytes())] : Array.Empty<Condition>(),
        .. AgentId is { } agent ? [Condition.Of("f.AgentId = {0}", agent.ToBytes())] : Array.Empty<Condition>(),
        .. TopicId is { } topic ? [Condition.Of("f.TopicId = {0}", topic.ToBytes())] : Array.Empty<Condition>(),
    ]);

    /// <summary>Of answers, called r: whose agent is who answered.</summary>
    public Condition OfReplies() => Condition.All(
    [
        .. AgentId is { } agent ? [Condition.Of("r.AgentId = {0}", agent.ToBytes())] : Array.Empty<Condition>(),
        .. Channel is not null || TeamId is not null || TopicId is not null
            ? [Condition.Of("EXISTS (SELECT 1 FROM ServiceTickets f WHERE f.TenantId = r.TenantId AND f.TicketId = r.TicketId AND {0})", (this with { AgentId = null }).OfTickets())] : Array.Empty<Condition>(),
    ]);

    /// <summary>Of the clocks of promises, called k.</summary>
    public Condition OfClocks() => IsNarrowed ? Condition.Of("EXISTS (SELECT 1 FROM ServiceTickets f WHERE f.TenantId = k.TenantId AND f.TicketId = k.TicketId AND {0})", OfTickets()) : Condition.All([]);

    private static object? Read(string name, string? sent, FilterType type) => sent is null ? null
        : type.Read(sent) ?? throw ApiProblem.BadQuery(name, "value_invalid", type.Values is { } values ? $"One of: {string.Join(", ", values)}." : $"Not such an id. An example: {type.Example}");
}
