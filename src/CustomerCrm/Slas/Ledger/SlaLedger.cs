using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Slas.Ledger;

/// <summary>The ledger of one ticket's clocks: read, added to and counted. Whoever adds holds the ticket.</summary>
internal sealed class SlaLedger(TenantDb db, CalendarEditions calendars, Caller caller, TimeProvider clock)
{
    /// <summary>All clocks of a ticket, in the order in which they were started. None: nothing was ever promised of it.</summary>
    public async Task<IReadOnlyList<TicketClock>> ReadAsync(Id<Ticket> ticketId, CancellationToken ct) =>
        [.. (await db.QueryAsync<SlaEntry>(OfTicket, new { TicketId = ticketId }, ct)).GroupBy(e => (e.Promise, e.Cycle)).Select(rows => new TicketClock(rows.Key.Promise, rows.Key.Cycle, [.. rows]))];

    /// <summary>Adds a row; the clock as it is then, not yet counted anew.</summary>
    public async Task<TicketClock> AddAsync(Id<Ticket> ticketId, TicketClock? before, SlaMove move, SlaTerms? terms, CancellationToken ct)
    {
        var actor = caller.Actor;
        var now = clock.GetUtcNow();
        var entry = new SlaEntry
        {
            Id = Id<SlaEntry>.New(),
            Promise = move.Promise,
            Cycle = move.Cycle,
            Step = move.Step,
            Reason = move.Reason,
            // The clocks of two processes are not quite one.
            At = before?.Entries[^1].At is { } last && last > now ? last : now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            PolicyId = terms?.PolicyId,
            PolicyName = terms?.PolicyName,
            TargetMinutes = terms?.TargetMinutes,
            CalendarId = terms?.Calendar?.CalendarId,
            Edition = terms?.Calendar?.Edition,
        };
        await db.ExecuteAsync(Insert, new
        {
            entry.Id, TicketId = ticketId, entry.Promise, entry.Cycle, entry.Step, entry.Reason, entry.At, entry.ActorKind, entry.ActorId, entry.ActorName,
            PolicyId = entry.PolicyId?.ToBytes(), entry.PolicyName, entry.TargetMinutes, CalendarId = entry.CalendarId?.ToBytes(), entry.Edition,
        }, ct);
        return new TicketClock(move.Promise, move.Cycle, [.. before?.Entries ?? [], entry]);
    }

    /// <summary>A clock's rows as the arithmetic reads them.</summary>
    public async Task<IReadOnlyList<LedgerStep>> StepsAsync(TicketClock of, CancellationToken ct)
    {
        var steps = new List<LedgerStep>();
        foreach (var entry in of.Entries)
            steps.Add(new LedgerStep(entry.Step, entry.At, entry.HasTerms ? new ClockTerms(entry.TargetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, (await calendars.HoursAsync(entry.Terms.Calendar, ct)).Hours) : null));
        return steps;
    }

    /// <summary>Keeps what the ledger of a clock comes to, for lists and reports.</summary>
    public async Task<ClockReading> SettleAsync(Id<Ticket> ticketId, TicketClock of, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var reading = Clockwork.Read(await StepsAsync(of, ct), now);
        var row = new
        {
            Id = Id<SlaClock>.New(), TicketId = ticketId, of.Promise, of.Cycle, reading.State, PolicyId = of.Terms.PolicyId?.ToBytes(), of.Terms.TargetMinutes, StartedAt = of.Entries[0].At, DueAt = await DueAsync(of, reading, ct),
            StoppedAt = reading.State == SlaClockState.Stopped ? of.Entries.Last(e => e.Step == SlaStep.Stop).At : (DateTimeOffset?)null,
            BreachedAt = reading.IsBreached ? reading.DueAt : null, CountedSeconds = (long)reading.Counted.TotalSeconds, Now = now,
        };
        if (await db.ExecuteAsync(Update, row, ct) == 0) await db.ExecuteAsync(InsertClock, row, ct);
        return reading;
    }

    // A promise that was kept never came due; it is told by when it would have, so that lists and reports count it to the time that it was for.
    private async Task<DateTimeOffset?> DueAsync(TicketClock of, ClockReading reading, CancellationToken ct)
    {
        if (reading is not { State: SlaClockState.Stopped, IsBreached: false }) return reading.DueAt;
        var steps = await StepsAsync(of, ct);
        return Clockwork.Read([.. steps.Take(steps.Count - 1), new LedgerStep(SlaStep.Resume, steps[^1].At, null)], steps[^1].At).DueAt;
    }

    private static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT e.Id, e.Promise, e.Cycle, e.Step, e.Reason, e.At, e.ActorKind, e.ActorId, e.ActorName, e.PolicyId, e.PolicyName, e.TargetMinutes, e.CalendarId, e.Edition
        FROM SlaEntries e
        WHERE e.TenantId = @TenantId
          AND e.TicketId = @TicketId
        ORDER BY e.Id
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SlaEntries (TenantId, Id, TicketId, Promise, Cycle, Step, Reason, At, ActorKind, ActorId, ActorName, PolicyId, PolicyName, TargetMinutes, CalendarId, Edition)
        VALUES (@TenantId, @Id, @TicketId, @Promise, @Cycle, @Step, @Reason, @At, @ActorKind, @ActorId, @ActorName, @PolicyId, @PolicyName, @TargetMinutes, @CalendarId, @Edition)
        """);

    private static readonly TenantSql InsertClock = TenantSql.Of("""
        INSERT INTO SlaClocks (TenantId, Id, TicketId, Promise, Cycle, State, PolicyId, TargetMinutes, StartedAt, DueAt, StoppedAt, BreachedAt, CountedSeconds, UpdatedAt)
        VALUES (@TenantId, @Id, @TicketId, @Promise, @Cycle, @State, @PolicyId, @TargetMinutes, @StartedAt, @DueAt, @StoppedAt, @BreachedAt, @CountedSeconds, @Now)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SlaClocks
        SET State = @State, PolicyId = @PolicyId, TargetMinutes = @TargetMinutes, DueAt = @DueAt, StoppedAt = @StoppedAt, BreachedAt = @BreachedAt,
            CountedSeconds = @CountedSeconds, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND TicketId = @TicketId
          AND Promise = @Promise
          AND Cycle = @Cycle
        """);
}

/// <summary>One clock of a ticket, by its rows of the ledger.</summary>
internal sealed record TicketClock(SlaPromise Promise, int Cycle, IReadOnlyList<SlaEntry> Entries)
{
    /// <summary>Those that hold now.</summary>
    public SlaTerms Terms => Entries.Last(entry => entry.HasTerms).Terms;

    public SlaClockState State => Entries.Aggregate(SlaClockState.Stopped, (state, entry) => entry.Step switch
    {
        SlaStep.Start or SlaStep.Resume => SlaClockState.Running,
        SlaStep.Pause when state == SlaClockState.Running => SlaClockState.Paused,
        SlaStep.Stop => SlaClockState.Stopped,
        _ => state,
    });
}
