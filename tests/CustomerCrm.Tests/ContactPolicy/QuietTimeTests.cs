using CustomerCrm.BusinessCalendars;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CustomerCrm.Tests.ContactPolicy;

public class QuietTimeTests
{
    private static readonly string[] zones = ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "UTC"];

    public sealed record Case(PolicySettings Policy, string Zone, Instant At);

    /// <summary>From every moment and over every change of the clock: it is not quiet then, and it was quiet all the time until then.</summary>
    [Test]
    public void A_message_leaves_at_the_first_moment_that_is_not_quiet()
    {
        Prop.ForAll(Cases().ToArbitrary(), one =>
        {
            var zone = DateTimeZoneProviders.Tzdb[one.Zone];
            var first = new QuietTime(one.Policy, zone).FirstAllowed(one.At);
            if (first is { } at) Assert.That(IsQuietOnTheWall(one.Policy, zone, at), Is.False, $"{first} in {one.Zone}");
            // Everything falls on whole minutes, so a look at each minute misses nothing. Some of these policies leave no moment free: then
            // none may be found in a week after the last holiday either.
            for (var minute = one.At; minute < (first ?? one.At + Duration.FromDays(11)); minute += Duration.FromMinutes(1))
                if (!IsQuietOnTheWall(one.Policy, zone, minute)) Assert.Fail($"{minute} in {one.Zone} was free before {first}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Test]
    public void An_end_that_the_clock_skips_is_where_it_jumps_to()
    {
        var policy = new PolicySettings { QuietHours = [new QuietHours { From = new TimeOnly(22, 0), Until = new TimeOnly(2, 30) }] };

        // Vienna, in the night in which 2:00 is followed by 3:00.
        Assert.That(new QuietTime(policy, DateTimeZoneProviders.Tzdb["Europe/Vienna"]).FirstAllowed(At("2030-03-31T00:30:00")), Is.EqualTo(At("2030-03-31T01:00:00")));
    }

    [Test]
    public void Holidays_and_quiet_days_follow_one_another()
    {
        var policy = new PolicySettings { Holidays = [new CalendarHoliday { Date = new DateOnly(2030, 12, 25), Name = "Christmas" }, new CalendarHoliday { Date = new DateOnly(2030, 12, 26), Name = "Boxing Day" }], QuietDays = [DayOfWeek.Friday] };

        var quiet = new QuietTime(policy, DateTimeZoneProviders.Tzdb["Europe/Vienna"]);

        Assert.That(quiet.At(At("2030-12-25T12:00:00")), Is.EqualTo("Christmas"));
        Assert.That(quiet.FirstAllowed(At("2030-12-25T12:00:00")), Is.EqualTo(At("2030-12-28T07:00:00"))); // Saturday, 8:00 there
    }

    [Test]
    public void A_day_that_is_skipped_whole_has_no_start_and_does_no_harm()
    {
        var policy = new PolicySettings { QuietHours = [new QuietHours { From = new TimeOnly(0, 0), Until = new TimeOnly(8, 0) }], QuietDays = [DayOfWeek.Thursday] };

        // Samoa: Thursday, 29 December 2011, was followed by Saturday.
        Assert.That(new QuietTime(policy, DateTimeZoneProviders.Tzdb["Pacific/Apia"]).FirstAllowed(At("2011-12-30T00:00:00")), Is.EqualTo(At("2011-12-30T18:00:00")));
    }

    [Test]
    public void Where_every_day_is_quiet_there_is_no_moment()
    {
        var policy = new PolicySettings { QuietDays = [.. Enum.GetValues<DayOfWeek>()] };

        Assert.That(new QuietTime(policy, DateTimeZone.Utc).FirstAllowed(At("2030-01-15T09:00:00")), Is.Null);
    }

    [TestCase("America/New_York", "AT", "Europe/London", "America/New_York", "Customer")]
    [TestCase(null, "AT", "Europe/London", "Europe/Vienna", "Country")]
    [TestCase(null, "US", "Europe/London", "Europe/London", "Tenant")]
    [TestCase("Nowhere/Land", null, "Europe/London", "Europe/London", "Tenant")]
    public void The_clock_is_the_customers_or_their_countrys_or_the_tenants(string? own, string? country, string tenants, string expected, string source)
    {
        var (zone, of) = CustomerZone.Of(own, country, tenants);

        Assert.That((zone.Id, of.ToString()), Is.EqualTo((expected, source)));
    }

    // The definition once more, in other words: what the clock on the wall says, minute for minute.
    private static bool IsQuietOnTheWall(PolicySettings policy, DateTimeZone zone, Instant moment)
    {
        var wall = moment.InZone(zone).LocalDateTime.ToDateTimeUnspecified();
        var (day, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
        if (policy.Holidays.Any(h => h.Date == day) || policy.QuietDays.Contains(day.DayOfWeek)) return true;
        return policy.QuietHours.Any(h => h.From < h.Until
            ? h.Days.Contains(day.DayOfWeek) && time >= h.From && time < h.Until
            : (h.Days.Contains(day.DayOfWeek) && time >= h.From) || (h.Days.Contains(day.AddDays(-1).DayOfWeek) && time < h.Until));
    }

    private static Gen<Case> Cases()
    {
        var days = from count in Gen.Choose(1, 7) from first in Gen.Choose(0, 6) select (IReadOnlyList<DayOfWeek>)[.. Enumerable.Range(first, count).Select(d => (DayOfWeek)(d % 7))];
        var hours = from begins in days from start in Gen.Choose(0, 95) from length in Gen.Choose(1, 72)
                    select new QuietHours { Days = begins, From = new TimeOnly(0, 0).AddMinutes(start * 15), Until = new TimeOnly(0, 0).AddMinutes((start + length) % 96 * 15) };
        return from zone in Gen.Elements(zones)
               from quiet in Gen.ArrayOf(hours).Resize(2)
               from holiday in Gen.Choose(0, 3)
               from sunday in Gen.Elements(true, false)
               from at in Moments(zone)
               let day = DateOnly.FromDateTime(at.ToDateTimeUtc())
               select new Case(new PolicySettings
               {
                   QuietHours = quiet,
                   QuietDays = sunday ? [DayOfWeek.Sunday] : [],
                   Holidays = [.. Enumerable.Range(0, holiday).Select(i => new CalendarHoliday { Date = day.AddDays(i), Name = "Holiday" })],
               }, zone, at);
    }

    // Half of them near a change of the clock.
    private static Gen<Instant> Moments(string zone)
    {
        var start = Instant.FromUtc(2010, 1, 1, 0, 0);
        var changes = DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(start, Instant.FromUtc(2031, 1, 1, 0, 0)).Where(i => i.HasStart && i.Start > start).Select(i => i.Start).Append(start).ToArray();
        var near = from change in Gen.Elements(changes) from minutes in Gen.Choose(-1500, 1500) select change + Duration.FromMinutes(minutes);
        var any = from minutes in Gen.Choose(0, 20 * 365 * 1440) select start + Duration.FromMinutes(minutes);
        return Gen.OneOf(near, any);
    }

    private static Instant At(string utc) => Instant.FromDateTimeOffset(DateTimeOffset.Parse(utc + "Z", System.Globalization.CultureInfo.InvariantCulture));
}
