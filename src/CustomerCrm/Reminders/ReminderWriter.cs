using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reminders;

/// <summary>Writes reminders; each ends once, as a task or dropped.</summary>
internal sealed class ReminderWriter(TenantDb db, JobQueue jobs, Caller caller, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">422: whom or what it names is not there.</exception>
    public async Task<Reminder> AddAsync(SetReminder.Request request, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (await db.FindAsync<int?>(HasTicket, new { request.TicketId }, ct) is null) errors.Add(new("/ticket_id", "unknown_ticket", "There is no such ticket."));
        if (request.UserId is { } user && await db.FindAsync<int?>(HasUser, new { UserId = user }, ct) is null) errors.Add(new("/user_id", "unknown_user", "There is no such user."));
        if (request.TeamId is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is null) errors.Add(new("/team_id", "unknown_team", "There is no such team."));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        var (id, actor) = (Id<Reminder>.New(), caller.Actor);
        await db.ExecuteAsync(Insert, new
        {
            Id = id, request.TicketId, UserId = request.UserId?.ToBytes(), TeamId = request.TeamId?.ToBytes(), request.Note, RemindAt = request.RemindAt!.Value, request.UnlessAnswered,
            AuthorKind = actor.Kind, AuthorId = actor.Id, AuthorName = actor.Name, Now = clock.GetUtcNow(),
        }, ct);
        await jobs.EnqueueAsync(new RemindAgent(id), new JobTerms { RunAt = request.RemindAt }, ct);
        var reminder = await Reminder.FindAsync(id, db, ct);
        events.Record("reminder.set", reminder);
        return reminder;
    }

    /// <exception cref="ApiProblem">409: it has ended. 412: somebody else changed it since it was read.</exception>
    public async Task<Reminder> ChangeAsync(Reminder current, DateTimeOffset remindAt, string? note, bool unlessAnswered, CancellationToken ct)
    {
        if (current.State != ReminderState.Waiting) throw ApiProblem.Conflict("reminder_ended", "The reminder has become a task or was dropped. Set another one.");
        if (await db.ExecuteAsync(Update, new { current.Id, RemindAt = remindAt, Note = note, UnlessAnswered = unlessAnswered, current.Revision, Now = clock.GetUtcNow() }, ct) == 0) throw ApiProblem.PreconditionFailed();
        await jobs.EnqueueAsync(new RemindAgent(current.Id), new JobTerms { RunAt = remindAt }, ct);
        return await Reminder.FindAsync(current.Id, db, ct);
    }

    /// <returns>False: it had ended already.</returns>
    public async Task<bool> EndAsync(Id<Reminder> id, ReminderState state, string? reason, byte[]? taskId, CancellationToken ct)
    {
        if (await db.ExecuteAsync(End, new { Id = id, State = state, Reason = reason, TaskId = taskId, Now = clock.GetUtcNow() }, ct) == 0) return false;
        var reminder = await Reminder.FindAsync(id, db, ct);
        events.Record(state == ReminderState.Done ? "reminder.reminded" : "reminder.dropped", reminder);
        return true;
    }

    /// <summary>Ends those of a ticket that were set unless something happens, which now has.</summary>
    public async Task DropAsync(Id<Ticket> ticketId, string reason, CancellationToken ct)
    {
        foreach (var id in await db.QueryAsync<Id<Reminder>>(Waiting, new { TicketId = ticketId }, ct)) await EndAsync(id, ReminderState.Dropped, reason, null, ct);
    }

    /// <summary>The ticket is back from the bin: those that came due meanwhile found none.</summary>
    public async Task ResumeAsync(Id<Ticket> ticketId, CancellationToken ct)
    {
        foreach (var waiting in await db.QueryAsync<Reminder>(WaitingOf, new { TicketId = ticketId }, ct)) await jobs.EnqueueAsync(new RemindAgent(waiting.Id), new JobTerms { RunAt = waiting.RemindAt }, ct);
    }

    private static readonly TenantSql WaitingOf = Reminder.Matching.Then("AND r.TicketId = @TicketId AND r.State = 1");

    private static readonly TenantSql HasTicket = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Reminders (TenantId, Id, TicketId, UserId, TeamId, Note, RemindAt, UnlessAnswered, State, AuthorKind, AuthorId, AuthorName, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @TicketId, @UserId, @TeamId, @Note, @RemindAt, @UnlessAnswered, 1, @AuthorKind, @AuthorId, @AuthorName, 1, @Now, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Reminders
        SET RemindAt = @RemindAt, Note = @Note, UnlessAnswered = @UnlessAnswered, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State = 1
          AND Revision = @Revision
        """);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE Reminders
        SET State = @State, Reason = @Reason, TaskId = @TaskId, EndedAt = @Now, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State = 1
        """);

    private static readonly TenantSql Waiting = TenantSql.Of("""
        SELECT r.Id
        FROM Reminders r
        WHERE r.TenantId = @TenantId
          AND r.TicketId = @TicketId
          AND r.State = 1
          AND r.UnlessAnswered = 1
        ORDER BY r.Id
        """);
}
