using System.Text.Json.Serialization;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets;

/// <summary>What a customer wants to have settled: who asked, who is at it, and where it stands.</summary>
public record Ticket : IHasId, IVersioned
{
    public static string Prefix => "tick";

    public required Id<Ticket> Id { get; init; }

    /// <summary>What people call it by: 1, 2, 3 … of the tenant.</summary>
    /// <example>1042</example>
    public required int Number { get; init; }

    /// <example>The parcel has not arrived</example>
    public required string Subject { get; init; }

    /// <summary>Who asks.</summary>
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>Where it is talked about; null where that conversation is gone, or in the recycle bin.</summary>
    [NotInHistory] public Id<Conversation>? ConversationId { get; init; }

    /// <summary>Where it stands, by which everything goes.</summary>
    public required TicketCategory Category { get; init; }

    /// <summary>The tenant's own label, of that category; null where there is none.</summary>
    public Id<TicketStatus>? StatusId { get; init; }

    /// <summary>What people read: the label's name, else the category's.</summary>
    /// <example>Waiting for the supplier</example>
    [NotInHistory]
    public string Status { get => field ?? TicketStatus.NameOf(Category); init; }

    public required TicketType Type { get; init; }
    public required TicketPriority Priority { get; init; }

    /// <summary>How it began.</summary>
    public required InteractionChannel Channel { get; init; }

    /// <summary>What the customer writes in; a BCP 47 tag.</summary>
    /// <example>de</example>
    public string? Language { get; init; }

    /// <summary>What it is about, where topics are told apart.</summary>
    public Id<TicketTopic>? TopicId { get; init; }

    /// <summary>Who is at it.</summary>
    public Id<User>? AssigneeId { get; init; }

    /// <summary>Whose queue it is in.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>By name, in the order of the alphabet.</summary>
    /// <example>["delivery","vip"]</example>
    public IReadOnlyList<string> Tags { get => TagsText.Length == 0 ? [] : TagsText.Split(','); init => TagsText = Joined(value); }

    /// <summary>The values of the tenant's own fields, by their names; <c>GET /v1/metadata</c> says which there are.</summary>
    /// <example>{"product_line":"teapots"}</example>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    /// <summary>How often it was solved and had to be taken up again.</summary>
    [NotInHistory] public required int ReopenCount { get; init; }

    /// <summary>When the customer was first answered in public.</summary>
    [NotInHistory] public DateTimeOffset? FirstRepliedAt { get; init; }

    /// <summary>When the customer was last answered in public.</summary>
    [NotInHistory] public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>When the customer last wrote.</summary>
    [NotInHistory] public DateTimeOffset? CustomerRepliedAt { get; init; }

    [NotInHistory] public DateTimeOffset? SolvedAt { get; init; }
    [NotInHistory] public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The ticket that this one went into; what is written from then on is there.</summary>
    public Id<Ticket>? MergedIntoId { get; init; }

    /// <summary>The closed ticket that the customer answered when this one was opened.</summary>
    public Id<Ticket>? FollowsId { get; init; }

    /// <summary>How content the customer was: the last score that a CSAT survey about this ticket got, 1 to 5. Null: none, or the survey is anonymous.</summary>
    /// <example>4</example>
    public int? Satisfaction { get; init; }

    [NotInHistory] public DateTimeOffset? SatisfactionAt { get; init; }

    /// <summary>What opened it.</summary>
    public TicketOrigin Origin
    {
        get => new(SourceKind, SourceId);
        init => (SourceKind, SourceId) = (value.Kind, value.Id);
    }

    /// <summary>The system it was in before, and its id there.</summary>
    public string? Source { get; init; }

    public string? ExternalId { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal bool IsSolved => Category >= TicketCategory.Solved;

    [JsonIgnore] internal string? StatusName { init => Status = value!; }
    [JsonIgnore] internal string SourceKind { get; init; } = TicketOrigin.Api;
    [JsonIgnore] internal string? SourceId { get; init; }
    [JsonIgnore] internal string TagsText { get; init; } = "";
    [JsonIgnore] internal string? TagNames { init => TagsText = Joined(value?.Split(',') ?? []); }
    [JsonIgnore] internal string? CustomFieldsText { init => CustomFields = CustomFieldValues.Of(value); }

    private static string Joined(IEnumerable<string> names) => string.Join(',', names.Order(StringComparer.OrdinalIgnoreCase));

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Ticket> FindAsync(Id<Ticket> ticketId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Ticket>(ById, new { TicketId = ticketId }, ct) ?? throw ApiProblem.NotFound("ticket");

    /// <summary>The ticket, with every other who would change it kept waiting.</summary>
    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Ticket> LockAsync(Id<Ticket> ticketId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Ticket>(Locked, new { TicketId = ticketId }, ct) ?? throw ApiProblem.NotFound("ticket");

    /// <summary>What a statement reads of it. A label, a user or a team that is gone is not shown.</summary>
    internal const string Columns = """
        t.Id, t.Number, t.Subject, t.CustomerId, t.Category, t.Type, t.Priority, t.Channel, t.Language,
        (SELECT p.Id FROM Topics p WHERE p.TenantId = t.TenantId AND p.Id = t.TopicId) AS TopicId,
        (SELECT v.Id FROM Conversations v WHERE v.TenantId = t.TenantId AND v.Id = t.ConversationId) AS ConversationId,
        (SELECT s.Id FROM TicketStatuses s WHERE s.TenantId = t.TenantId AND s.Id = t.StatusId AND s.Category = t.Category) AS StatusId,
        (SELECT l.Name FROM TicketStatuses l WHERE l.TenantId = t.TenantId AND l.Id = t.StatusId AND l.Category = t.Category) AS StatusName,
        (SELECT u.Id FROM Users u WHERE u.TenantId = t.TenantId AND u.Id = t.AssigneeId) AS AssigneeId,
        (SELECT q.Id FROM Teams q WHERE q.TenantId = t.TenantId AND q.Id = t.TeamId) AS TeamId,
        (SELECT STRING_AGG(w.Name, ',') FROM TicketTags g JOIN Tags w ON w.TenantId = g.TenantId AND w.Id = g.TagId WHERE g.TenantId = t.TenantId AND g.TicketId = t.Id AND w.DeletedAt IS NULL) AS TagNames,
        (SELECT x.Text FROM TicketFields x WHERE x.TenantId = t.TenantId AND x.TicketId = t.Id) AS CustomFieldsText,
        t.ReopenCount, t.FirstRepliedAt, t.RepliedAt, t.CustomerRepliedAt, t.SolvedAt, t.ClosedAt, t.MergedIntoId, t.FollowsId,
        t.Satisfaction, t.SatisfactionAt, t.SourceKind, t.SourceId, t.Source, t.ExternalId, t.Revision, t.CreatedAt, t.UpdatedAt
        """;

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Columns}
        FROM Tickets t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND t.Id = @TicketId");

    private static readonly TenantSql Locked = TenantSql.Of(
        sqlServer: $"""
            SELECT {Columns}
            FROM Tickets t WITH (UPDLOCK)
            WHERE t.TenantId = @TenantId
              AND t.Id = @TicketId
            """,
        sqlite: $"""
            SELECT {Columns}
            FROM Tickets t
            WHERE t.TenantId = @TenantId
              AND t.Id = @TicketId
            """);
}

/// <summary>What opened a ticket.</summary>
/// <param name="Kind"><c>api</c>, <c>message</c>, <c>conversation</c>, <c>automation_rule</c> or <c>ticket</c> (a split, a follow-up); may grow.</param>
/// <param name="Id">Which message, rule or ticket; null for who called the API.</param>
public sealed record TicketOrigin(string Kind, string? Id)
{
    internal const string Api = "api";
}

/// <summary>The kind of id that a topic of tickets has.</summary>
public sealed record TicketTopic : IHasId
{
    public static string Prefix => "tto";
}
