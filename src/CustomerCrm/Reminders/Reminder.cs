using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.Reminders;

/// <summary>That somebody wants to be reminded of a ticket: at its time a task is made.</summary>
public sealed record Reminder : IHasId, IVersioned
{
    public static string Prefix => "rem";

    public required Id<Reminder> Id { get; init; }
    public required Id<Ticket> TicketId { get; init; }

    /// <summary>Who is to do it; null: whoever has the ticket by then.</summary>
    public Id<User>? UserId { get; init; }

    public Id<Team>? TeamId { get; init; }

    /// <example>Ask whether the new handle fits.</example>
    public string? Note { get; init; }

    public required DateTimeOffset RemindAt { get; init; }

    /// <summary>Whether it is dropped when the customer writes, or the ticket is solved, before its time.</summary>
    public required bool UnlessAnswered { get; init; }

    public required ReminderState State { get; init; }

    /// <summary>Why it was dropped: <c>customer_answered</c>, <c>ticket_solved</c> or <c>cancelled</c>; may grow.</summary>
    public string? Reason { get; init; }

    /// <summary>What it became.</summary>
    public Id<TaskItem>? TaskId { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who asked for it, as they were called then.</summary>
    public Actor Author
    {
        get => new(AuthorKind, AuthorId, AuthorName);
        init => (AuthorKind, AuthorId, AuthorName) = (value.Kind, value.Id, value.Name);
    }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Reminder> FindAsync(Id<Reminder> reminderId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Reminder>(ById, new { ReminderId = reminderId }, ct) ?? throw ApiProblem.NotFound("reminder");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Id, r.TicketId, r.Note, r.RemindAt, r.UnlessAnswered, r.State, r.Reason, r.EndedAt, r.AuthorKind, r.AuthorId, r.AuthorName, r.Revision, r.CreatedAt, r.UpdatedAt,
            (SELECT u.Id FROM Users u WHERE u.TenantId = r.TenantId AND u.Id = r.UserId) AS UserId,
            (SELECT m.Id FROM Teams m WHERE m.TenantId = r.TenantId AND m.Id = r.TeamId) AS TeamId,
            (SELECT k.Id FROM Tasks k WHERE k.TenantId = r.TenantId AND k.Id = r.TaskId) AS TaskId
        FROM Reminders r
        WHERE r.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND r.Id = @ReminderId");

    internal static readonly ListOf<Reminder> List = ListOf<Reminder>.From(Matching, "r.Id", reminder => reminder.Id.ToBytes())
        .SortedBy("remind_at", "r.RemindAt", reminder => reminder.RemindAt)
        .SortedBy("created_at", "r.CreatedAt", reminder => reminder.CreatedAt)
        .FilteredBy("state", "r.State", FilterType.OneOf<ReminderState>(), Operators.Equal | Operators.In)
        .FilteredBy("ticket_id", "r.TicketId", FilterType.IdOf<Ticket>(), Operators.Equal)
        .FilteredBy("user_id", "r.UserId", FilterType.IdOf<User>(), Operators.Equal)
        .FilteredBy("remind_at", "r.RemindAt", FilterType.Time, Operators.Range);
}

/// <summary>The numbers are stored.</summary>
public enum ReminderState
{
    Waiting = 1,

    /// <summary>There is a task.</summary>
    Done = 2,

    /// <summary>There is nothing to be reminded of any more.</summary>
    Dropped = 3,
}
