using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>What becomes of an answer that somebody should talk to the customer about: closing the loop.</summary>
public sealed record SurveyFollowUp : IVersioned
{
    public required Id<SurveyResponse> ResponseId { get; init; }
    public required Id<Survey> SurveyId { get; init; }
    public required Id<Customer>? CustomerId { get; init; }
    public required int? Score { get; init; }
    public required FollowUpState State { get; init; }

    /// <summary>Who talks to the customer.</summary>
    public Id<User>? UserId { get; init; }

    public Id<Team>? TeamId { get; init; }

    /// <summary>The task that was made for it; when that is done, it is closed.</summary>
    public Id<TaskItem>? TaskId { get; init; }

    /// <summary>The ticket that was opened for it; when that is solved, or the one that it went into, it is closed.</summary>
    public string? TicketId => TicketKey is null ? null : Surveys.Invitations.SurveySubject.IdOf(Surveys.Invitations.SurveySubject.Ticket, TicketKey);

    /// <summary>What came of it, once it is closed.</summary>
    public FollowUpOutcome? Outcome { get; init; }

    /// <example>Sent a new parcel, she is content.</example>
    public string? Note { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Until when the customer should have been spoken to.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it, as they were called then.</summary>
    public Actor? ClosedBy => CloserKind is { } kind ? new Actor(kind, CloserId, CloserName!) : null;

    /// <summary>From when it was opened to when it was closed.</summary>
    public double? HoursToClose => ClosedAt is { } closed ? Math.Round((closed - OpenedAt).TotalHours, 2) : null;

    public required int Revision { get; init; }

    internal byte[]? TicketKey { get; init; }
    internal ActorKind? CloserKind { get; init; }
    internal string? CloserId { get; init; }
    internal string? CloserName { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<SurveyFollowUp> FindAsync(Id<SurveyResponse> responseId, TenantDb db, CancellationToken ct) =>
        await LookAsync(responseId, db, ct) ?? throw ApiProblem.NotFound("follow-up");

    internal static Task<SurveyFollowUp?> LookAsync(Id<SurveyResponse> responseId, TenantDb db, CancellationToken ct) => db.FindAsync<SurveyFollowUp>(ById, new { ResponseId = responseId }, ct);

    // Who or what is gone is not shown.
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT f.ResponseId, f.SurveyId, r.CustomerId, r.Score, f.State, f.Outcome, f.Note, f.OpenedAt, f.DueAt, f.ClosedAt, f.CloserKind, f.CloserId, f.CloserName, f.Revision,
            (SELECT u.Id FROM Users u WHERE u.TenantId = f.TenantId AND u.Id = f.UserId) AS UserId,
            (SELECT m.Id FROM Teams m WHERE m.TenantId = f.TenantId AND m.Id = f.TeamId) AS TeamId,
            (SELECT k.Id FROM Tasks k WHERE k.TenantId = f.TenantId AND k.Id = f.TaskId) AS TaskId,
            (SELECT t.Id FROM Tickets t WHERE t.TenantId = f.TenantId AND t.Id = f.TicketId) AS TicketKey
        FROM SurveyFollowUps f
        JOIN SurveyResponses r ON r.TenantId = f.TenantId AND r.Id = f.ResponseId
        WHERE f.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND f.ResponseId = @ResponseId");

    internal static readonly ListOf<SurveyFollowUp> List = ListOf<SurveyFollowUp>.From(Matching, "f.ResponseId", followUp => followUp.ResponseId.ToBytes())
        .SortedBy("opened_at", "f.OpenedAt", followUp => followUp.OpenedAt, isDescending: true)
        .FilteredBy("state", "f.State", FilterType.OneOf<FollowUpState>(), Operators.Equal | Operators.In)
        .FilteredBy("survey_id", "f.SurveyId", FilterType.IdOf<Survey>(), Operators.Equal)
        .FilteredBy("user_id", "f.UserId", FilterType.IdOf<User>(), Operators.Equal)
        .FilteredBy("team_id", "f.TeamId", FilterType.IdOf<Team>(), Operators.Equal)
        .FilteredBy("outcome", "f.Outcome", FilterType.OneOf<FollowUpOutcome>(), Operators.Equal | Operators.In)
        .FilteredBy("opened_at", "f.OpenedAt", FilterType.Time, Operators.Range);
}

/// <summary>How far it has come. The numbers are stored.</summary>
public enum FollowUpState
{
    Open = 1,
    InProgress = 2,
    Closed = 3,
}

/// <summary>What came of it. The numbers are stored.</summary>
public enum FollowUpOutcome
{
    /// <summary>What was wrong is mended.</summary>
    Resolved = 1,

    /// <summary>It could not be mended, and the customer knows why.</summary>
    Explained = 2,

    /// <summary>The customer got something for it.</summary>
    Compensated = 3,

    /// <summary>The customer could not be reached.</summary>
    NotReached = 4,

    NothingToDo = 5,
}
