using CustomerCrm.BusinessCalendars;
using CustomerCrm.BusinessCalendars.Hours;
using CustomerCrm.Slas.Clocks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Tests.Slas;

/// <summary>Due times against a reference that walks from minute to minute and knows nothing of stretches.</summary>
public class ClockworkTests
{
    // Clocks change at midnight in Havana, by half an hour on Lord Howe, and 30 December 2011 is no day in Apia.
    private static readonly (string Zone, DateTimeOffset Around)[] places =
    [
        ("Europe/Vienna", At("2030-03-30T12:00Z")), ("Europe/Vienna", At("2030-10-26T12:00Z")), ("America/New_York", At("2030-03-09T12:00Z")),
        ("America/Havana", At("2030-11-02T12:00Z")), ("Australia/Lord_Howe", At("2030-04-06T12:00Z")), ("Pacific/Apia", At("2011-12-29T12:00Z")), ("UTC", At("2030-12-30T12:00Z")),
    ];

    private static readonly (string, string)[][] days = [[("09:00", "12:00"), ("13:00", "17:00")], [("00:00", "24:00")], [("01:30", "03:30"), ("22:00", "24:00")], [("09:00", "17:30")], []];

    private const int DaysWalked = 12;

    /// <summary>Hours by the calendar's terms: one for the start and one for a retarget.</summary>
    public sealed record Calendar(string Zone, OpeningPeriod[] Hours, CalendarHoliday[] Holidays);

    public sealed record Move(int Minute, int Kind, int Target, int Calendar);

    public sealed record Case(Calendar[] Calendars, DateTimeOffset From, int Target, Move[] Moves, int NowMinute);

    [Test]
    public void Every_reading_is_what_a_walk_from_minute_to_minute_finds() => Prop.ForAll(cases.ToArbitrary(), c =>
    {
        var now = c.From.AddMinutes(c.NowMinute);
        var walk = new Walk(c, now);
        var reading = Clockwork.Read(LedgerOf(c), now);

        Assert.That(reading.State, Is.EqualTo(walk.State), "state");
        Assert.That(reading.Counted.TotalMinutes, Is.EqualTo(walk.Counted), "counted");
        Assert.That(reading.IsBreached, Is.EqualTo(walk.IsBreached), "breached");
        // What lies behind the horizon of the walk, the walk cannot know.
        if (walk.DueAt is not null || reading.DueAt < c.From.AddDays(DaysWalked)) Assert.That(reading.DueAt, Is.EqualTo(walk.DueAt), "due");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(250));

    [Test]
    public void At_its_due_time_a_running_clock_has_nothing_left() => Prop.ForAll(cases.ToArbitrary(), c =>
    {
        var ledger = LedgerOf(c);
        var at = c.From.AddMinutes(c.NowMinute);
        LedgerStep[] known = [.. ledger.TakeWhile(step => step.At <= at)];

        if (Clockwork.Read(known, at) is { State: SlaClockState.Running, DueAt: { } due } && due > at)
            Assert.That(Clockwork.Read(known, due).Remaining, Is.EqualTo(TimeSpan.Zero), "at the due time nothing remains");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Test]
    public void A_pause_moves_what_is_due_by_the_open_time_of_the_pause()
    {
        var office = Office("Europe/Vienna");
        LedgerStep[] ledger =
        [
            new(SlaStep.Start, At("2030-01-18T15:00+01:00"), new ClockTerms(TimeSpan.FromHours(4), office)), // a Friday
            new(SlaStep.Pause, At("2030-01-18T16:00+01:00")),
            new(SlaStep.Resume, At("2030-01-21T10:00+01:00")),
        ];

        Assert.That(Clockwork.Read(ledger[..1], At("2030-01-18T15:00+01:00")).DueAt, Is.EqualTo(At("2030-01-21T11:00+01:00")));
        Assert.That(Clockwork.Read(ledger[..2], At("2030-01-19T15:00+01:00")).DueAt, Is.Null);
        Assert.That(Clockwork.Read(ledger, At("2030-01-21T10:00+01:00")).DueAt, Is.EqualTo(At("2030-01-21T13:00+01:00")));
    }

    [Test]
    public void Answered_in_the_very_moment_that_is_due_is_in_time_and_a_tick_later_is_not()
    {
        var start = new LedgerStep(SlaStep.Start, At("2030-01-15T10:00Z"), new ClockTerms(TimeSpan.FromHours(1), Office("UTC")));
        var due = At("2030-01-15T11:00Z");

        Assert.That(Clockwork.Read([start, new(SlaStep.Stop, due)], due.AddDays(3)).IsBreached, Is.False);
        Assert.That(Clockwork.Read([start, new(SlaStep.Stop, due.AddTicks(1))], due.AddDays(3)).IsBreached, Is.True);
    }

    [Test]
    public void A_higher_priority_later_counts_from_the_beginning()
    {
        var office = Office("UTC");
        LedgerStep[] ledger = [new(SlaStep.Start, At("2030-01-15T09:00Z"), new ClockTerms(TimeSpan.FromHours(8), office)), new(SlaStep.Retarget, At("2030-01-15T11:00Z"), new ClockTerms(TimeSpan.FromHours(1), office))];

        var reading = Clockwork.Read(ledger, At("2030-01-15T11:00Z"));

        Assert.That((reading.DueAt, reading.IsBreached), Is.EqualTo(((DateTimeOffset?)At("2030-01-15T10:00Z"), true)));
    }

    /// <summary>Minute by minute, with a calendar asked afresh for each.</summary>
    private sealed class Walk
    {
        public SlaClockState State { get; } = SlaClockState.Stopped;
        public int Counted { get; }
        public DateTimeOffset? DueAt { get; }
        public bool IsBreached { get; }

        public Walk(Case c, DateTimeOffset now)
        {
            var (target, calendar) = (c.Target, c.Calendars[0]);
            foreach (var move in c.Moves.Where(m => m.Kind == 4)) (target, calendar) = (move.Target, c.Calendars[move.Calendar]); // the last said holds
            var all = 0;
            for (var minute = 0; minute < DaysWalked * 24 * 60; minute++)
            {
                var at = c.From.AddMinutes(minute);
                if (minute == 0) State = SlaClockState.Running;
                foreach (var move in c.Moves.Where(m => m.Minute == minute))
                    State = move.Kind switch
                    {
                        1 => State == SlaClockState.Running ? SlaClockState.Paused : State,
                        2 => SlaClockState.Running,
                        3 => SlaClockState.Stopped,
                        _ => State,
                    };
                if (State != SlaClockState.Running) continue;
                if (DueAt is { } due && at >= due && at < now) IsBreached = true;
                if (!IsOpen(calendar, at)) continue;
                if (at < now) Counted++;
                if (++all == target) DueAt ??= at.AddMinutes(1);
            }
        }
    }

    private static LedgerStep[] LedgerOf(Case c)
    {
        BusinessHours[] hours = [.. c.Calendars.Select(k => new BusinessHours(k.Zone, k.Hours, k.Holidays))];
        return [new(SlaStep.Start, c.From, new ClockTerms(TimeSpan.FromMinutes(c.Target), hours[0])), .. c.Moves.Select(m => new LedgerStep((SlaStep)(m.Kind + 1), c.From.AddMinutes(m.Minute),
            m.Kind == 4 ? new ClockTerms(TimeSpan.FromMinutes(m.Target), hours[m.Calendar]) : null))];
    }

    private static bool IsOpen(Calendar calendar, DateTimeOffset minute)
    {
        var local = minute.ToInstant().InZone(DateTimeZoneProviders.Tzdb[calendar.Zone]);
        var at = (local.Hour * 60) + local.Minute;
        return calendar.Holidays.All(h => h.Date != local.Date.ToDateOnly()) && calendar.Hours.Any(p => p.Day == local.DayOfWeek.ToDayOfWeek() && p.FromMinute <= at && at < p.ToMinute);
    }

    private static Gen<Calendar> CalendarOf(string zone, DateTimeOffset around) =>
        from week in Gen.ArrayOf(Gen.Elements(days), 7)
        from closed in Gen.ListOf(Gen.Choose(0, 8), 2)
        select new Calendar(zone, [.. week.SelectMany((day, i) => day.Select(p => Period((DayOfWeek)i, p.Item1, p.Item2)))],
            [.. closed.Distinct().Select(d => new CalendarHoliday { Date = DateOnly.FromDateTime(around.UtcDateTime).AddDays(d - 2), Name = "Closed" })]);

    private static readonly Gen<Move> moves =
        from minute in Gen.Choose(1, 6 * 24 * 60)
        from kind in Gen.Frequency((4, Gen.Constant(1)), (4, Gen.Constant(2)), (1, Gen.Constant(3)), (1, Gen.Constant(4)))
        from target in Gen.Choose(1, 1500)
        from calendar in Gen.Choose(0, 1)
        select new Move(minute, kind, target, calendar);

    // After a stop nothing is paused: the feature resumes or leaves it.
    private static readonly Gen<Case> cases =
        from place in Gen.Elements(places)
        from one in CalendarOf(place.Zone, place.Around)
        from other in CalendarOf(place.Zone, place.Around)
        from offset in Gen.Choose(0, 24 * 60)
        from target in Gen.Choose(1, 1500)
        from some in Gen.ListOf(moves, 6)
        from now in Gen.Choose(0, 7 * 24 * 60)
        where some.All(m => m.Minute <= now)
        select new Case([one, other], place.Around.AddMinutes(offset), target, [.. some.OrderBy(m => m.Minute)], now);

    private static BusinessHours Office(string zone) => new(zone, new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.Select(day => Period(day, "09:00", "17:00")), []);

    private static OpeningPeriod Period(DayOfWeek day, string from, string to) => new() { Day = day, From = from, To = to };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
