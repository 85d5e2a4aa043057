using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>One customer who is asked, was asked, or was not to be asked.</summary>
public sealed record SurveyInvitation : IHasId
{
    public static string Prefix => "sin";

    public required Id<SurveyInvitation> Id { get; init; }
    public required Id<Survey> SurveyId { get; init; }
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>Of the questions it asks; null until it is sent.</summary>
    public int? Version { get; init; }

    public required SurveyChannel Channel { get; init; }
    public required InvitationState State { get; init; }

    /// <summary>Why it was not sent: the rule that stood in the way.</summary>
    /// <example>gap</example>
    public string? Code { get; init; }

    public required InvitationCause Cause { get; init; }

    /// <summary>The event that made it.</summary>
    public Id<Event>? EventId { get; init; }

    /// <example>order.delivered</example>
    public string? EventType { get; init; }

    /// <summary>Of a rule, its id.</summary>
    public string? SourceId { get; init; }

    /// <summary>What it is about.</summary>
    public SurveySubject? About => AboutKind is null ? null : new SurveySubject(AboutKind, SurveySubject.IdOf(AboutKind, AboutKey!));

    /// <summary>Who worked on what it is about.</summary>
    public Id<User>? AgentId { get; init; }

    public Id<Team>? TeamId { get; init; }

    /// <summary>The e-mail or text message that it went out by.</summary>
    public Id<Message>? MessageId { get; init; }

    /// <summary>Not before then.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was handed to its channel.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>From then on it cannot be answered.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when it is answered page by page: what was sent so far is kept, and its link goes on there. Null: nobody has begun, it is answered, or the survey is anonymous.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>Null as well where the survey is anonymous.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal string? AboutKind { get; init; }
    internal byte[]? AboutKey { get; init; }
    internal string FindingsText { get; init; } = "[]";

    [JsonIgnore] internal IReadOnlyList<RuleFinding> Findings => JsonSerializer.Deserialize<IReadOnlyList<RuleFinding>>(FindingsText, StrictJson.Options)!;

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<SurveyInvitation> FindAsync(Id<SurveyInvitation> invitationId, TenantDb db, CancellationToken ct) =>
        await LookAsync(invitationId, db, ct) ?? throw ApiProblem.NotFound("survey invitation");

    internal static Task<SurveyInvitation?> LookAsync(Id<SurveyInvitation> invitationId, TenantDb db, CancellationToken ct) =>
        db.FindAsync<SurveyInvitation>(ById, new { InvitationId = invitationId }, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT i.Id, i.SurveyId, i.CustomerId, i.Version, i.Channel, i.State, i.Code, i.Cause, i.EventId, i.EventType, i.SourceId, i.AboutKind, i.AboutId AS AboutKey, i.AgentId, i.TeamId,
            i.MessageId, i.FindingsText, i.DueAt, i.SentAt, i.ExpiresAt, i.AnsweredAt, i.CreatedAt,
            (SELECT d.BegunAt FROM SurveyDrafts d WHERE d.TenantId = @TenantId AND d.InvitationId = i.Id) AS BegunAt
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND i.Id = @InvitationId");

    internal static readonly ListOf<SurveyInvitation> List = ListOf<SurveyInvitation>.From(Matching, "i.Id", invitation => invitation.Id.ToBytes())
        .SortedBy("created_at", "i.CreatedAt", invitation => invitation.CreatedAt, isDescending: true)
        .FilteredBy("state", "i.State", FilterType.OneOf<InvitationState>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "i.Channel", FilterType.OneOf<SurveyChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "i.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("created_at", "i.CreatedAt", FilterType.Time, Operators.Range);
}

/// <summary>Where an invitation stands. The numbers are stored.</summary>
public enum InvitationState
{
    /// <summary>It waits for its time.</summary>
    Scheduled = 1,

    /// <summary>It was handed to its channel.</summary>
    Sent = 2,

    Answered = 3,

    /// <summary>Something stood in the way; its explanation says what.</summary>
    NotSent = 4,
}
