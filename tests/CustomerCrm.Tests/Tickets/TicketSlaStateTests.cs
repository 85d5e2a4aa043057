using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Promises;

namespace CustomerCrm.Tests.Tickets;

public class TicketSlaStateTests
{
    private static readonly DateTimeOffset now = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Ticket> ticket = Id<Ticket>.New();

    [Test]
    public void What_is_due_first_of_what_runs_comes_next()
    {
        var sla = TicketSla.Of([Clock(SlaPromise.FirstResponse, PromisedClock.Stopped, due: -60), Clock(SlaPromise.NextResponse, due: 30), Clock(SlaPromise.Resolution, due: 90)], now)!;

        Assert.That((sla.NextPromise, sla.NextDueAt, sla.IsBreached, sla.IsPaused), Is.EqualTo(((SlaPromise?)SlaPromise.NextResponse, (DateTimeOffset?)now.AddMinutes(30), false, false)));
    }

    [Test]
    public void A_due_time_that_is_over_is_missed_before_anybody_has_noticed() =>
        Assert.That(TicketSla.Of([Clock(SlaPromise.Resolution, due: -1)], now)!.Breached, Is.EqualTo(new[] { SlaPromise.Resolution }));

    [Test]
    public void What_was_missed_once_stays_missed_after_it_is_kept()
    {
        var sla = TicketSla.Of([Clock(SlaPromise.NextResponse, PromisedClock.Stopped, due: -60) with { BreachedAt = now.AddMinutes(-60) }, Clock(SlaPromise.Resolution, due: 60)], now)!;

        Assert.That((sla.IsBreached, sla.Breached.Single(), sla.NextPromise), Is.EqualTo((true, SlaPromise.NextResponse, (SlaPromise?)SlaPromise.Resolution)));
    }

    [Test]
    public void While_it_waits_for_somebody_else_nothing_is_due()
    {
        var sla = TicketSla.Of([Clock(SlaPromise.FirstResponse, PromisedClock.Stopped, due: -60), Clock(SlaPromise.Resolution, PromisedClock.Paused, due: null)], now)!;

        Assert.That((sla.IsPaused, sla.NextDueAt), Is.EqualTo((true, (DateTimeOffset?)null)));
    }

    [Test]
    public void Where_nothing_was_promised_there_is_nothing_to_say()
    {
        Assert.That(TicketSla.Of([], now), Is.Null);
        Assert.That(TicketSla.Of([Clock(SlaPromise.Resolution, due: null) with { TargetMinutes = null }], now), Is.Null);
    }

    private static PromisedClock Clock(SlaPromise promise, int state = PromisedClock.Running, int? due = 60) => new()
    {
        TicketId = ticket, Promise = promise, State = state, SlaName = "All", TargetMinutes = 60, StartedAt = now.AddHours(-2), DueAt = due is { } minutes ? now.AddMinutes(minutes) : null,
    };
}
