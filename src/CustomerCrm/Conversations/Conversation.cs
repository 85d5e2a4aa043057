using System.Text.Json.Serialization;
using CustomerCrm.Channels;
using CustomerCrm.Conversations.Quoting;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>What is said with one customer, on whichever channel, in one thread.</summary>
public sealed record Conversation : IHasId, IVersioned
{
    public static string Prefix => "conv";

    public required Id<Conversation> Id { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required ConversationState State { get; init; }

    /// <summary>Of the customer's last message.</summary>
    public required InteractionChannel Channel { get; init; }

    /// <summary>Which of the tenant's own channels that was; null for the usual one.</summary>
    public Id<Channel>? ChannelId { get; init; }

    /// <example>Where is my parcel?</example>
    public string? Subject { get; init; }

    /// <summary>Who answers it.</summary>
    public Id<User>? AssigneeId { get; init; }

    /// <summary>Whose it is, where one of a team is to take it.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>Who chats in it on the tenant's pages; null: nobody does.</summary>
    public ConversationVisitor? Visitor => IsVisitorVerified is { } isVerified ? new ConversationVisitor { IsVerified = isVerified, ClaimedName = ClaimedName, ClaimedEmail = ClaimedEmail } : null;

    /// <summary>The number of its last entry: as many there are.</summary>
    public required int LastNumber { get; init; }

    /// <summary>The number of the last entry that whoever is signed in has read, 0 for nothing yet; null for a key, which reads nothing.</summary>
    public int? ReadNumber { get; init; }

    /// <summary>The beginning of what was said last, without what an e-mail quotes; null if there is nothing, or it was redacted.</summary>
    public string? Preview { get; init => field = value is null ? null : QuotedText.Split(value).Body.Trim().Beginning(200); }

    /// <summary>When anything came to it last.</summary>
    public required DateTimeOffset LastEntryAt { get; init; }

    /// <summary>When the customer wrote last.</summary>
    public DateTimeOffset? LastCustomerAt { get; init; }

    /// <summary>When an agent answered last.</summary>
    public DateTimeOffset? LastAgentAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How often it was closed and opened again.</summary>
    public required int ReopenCount { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>As events tell it: without words, which stand in the events of the entries alone and can be taken out of them.</summary>
    internal Conversation Told() => this with { Preview = null, ReadNumber = null, ClaimedName = null, ClaimedEmail = null };

    [JsonIgnore]
    internal int LastMessage { get; init; }

    [JsonIgnore]
    internal bool? IsVisitorVerified { get; init; }

    [JsonIgnore]
    internal string? ClaimedName { get; init; }

    [JsonIgnore]
    internal string? ClaimedEmail { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Conversation> FindAsync(Id<Conversation> conversationId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Conversation>(ById, new { ConversationId = conversationId }, ct) ?? throw ApiProblem.NotFound("conversation");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement. A user, a team or a channel that is gone is not shown.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT c.Id, c.CustomerId, c.State, c.Channel, c.Subject, c.LastNumber, c.LastMessage, c.LastEntryAt, c.LastCustomerAt, c.LastAgentAt, c.ClosedAt, c.ReopenCount,
            (SELECT n.Id FROM Channels n WHERE n.TenantId = c.TenantId AND n.Id = c.ChannelId) AS ChannelId,
            (SELECT u.Id FROM Users u WHERE u.TenantId = c.TenantId AND u.Id = c.AssigneeId) AS AssigneeId,
            (SELECT t.Id FROM Teams t WHERE t.TenantId = c.TenantId AND t.Id = c.TeamId) AS TeamId,
            (SELECT SUBSTRING(i.Body, 1, 2000) FROM ConversationEntries e JOIN Interactions i ON i.TenantId = e.TenantId AND i.Id = e.InteractionId
             WHERE e.TenantId = c.TenantId AND e.ConversationId = c.Id AND e.Number = c.LastMessage) AS Preview,
            (SELECT CAST(MIN(CAST(v.IsVerified AS INT)) AS BIT) FROM ChatVisitors v WHERE v.TenantId = c.TenantId AND v.ConversationId = c.Id) AS IsVisitorVerified,
            (SELECT MAX(v.Name) FROM ChatVisitors v WHERE v.TenantId = c.TenantId AND v.ConversationId = c.Id AND v.IsVerified = 0) AS ClaimedName,
            (SELECT MAX(v.Email) FROM ChatVisitors v WHERE v.TenantId = c.TenantId AND v.ConversationId = c.Id AND v.IsVerified = 0) AS ClaimedEmail,
            c.Revision, c.CreatedAt, c.UpdatedAt
        FROM Conversations c
        WHERE c.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND c.Id = @ConversationId");
}

/// <summary>Somebody who chats on the tenant's pages, and whether it is known who that is.</summary>
/// <example>{"is_verified":false,"claimed_name":"Ana","claimed_email":"ana@example.com"}</example>
public sealed record ConversationVisitor
{
    /// <summary>Whether the tenant's own program said who it is. If not, the visitor may be anybody, whatever they say of themselves: tell them nothing that is only for the customer.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>What a visitor who is not verified says of themselves.</summary>
    public required string? ClaimedName { get; init; }

    /// <summary>Never proven: nobody has read a letter that was sent there.</summary>
    public required string? ClaimedEmail { get; init; }
}

/// <summary>Who waits for whom. The numbers are stored.</summary>
public enum ConversationState
{
    /// <summary>The customer waits for an answer.</summary>
    Open = 1,

    /// <summary>The tenant waits for the customer.</summary>
    Waiting = 2,

    /// <summary>Nobody waits. What the customer writes next opens it again.</summary>
    Closed = 3,
}
