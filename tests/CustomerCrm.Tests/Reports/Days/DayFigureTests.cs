using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Facts;

namespace CustomerCrm.Tests.Reports.Days;

public class DayFigureTests
{
    private static readonly DateTimeOffset opened = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void What_is_packed_is_read_again(int which)
    {
        var part = (DayPart)which;
        var figures = Some(part, new Random(7));

        var read = PartPacking.Unpack(part, PartPacking.Pack(figures))!;

        Assert.That(read.Counts, Is.EqualTo(figures.Counts));
        Assert.That(read.Tallies.Select(tally => (tally.Sum, tally.Squares)), Is.EqualTo(figures.Tallies.Select(tally => (tally.Sum, tally.Squares))));
        Assert.That(read.Tallies.SelectMany(tally => tally.Buckets), Is.EqualTo(figures.Tallies.SelectMany(tally => tally.Buckets)));
    }

    [Test]
    public void What_another_edition_packed_is_not_read()
    {
        Assert.That(PartPacking.Unpack(DayPart.Opened, [200, 1, 1]), Is.Null);
        Assert.That(PartPacking.Unpack(DayPart.Opened, []), Is.Null);
    }

    [Test]
    public void Periods_beside_each_other_add_up()
    {
        var (one, other) = (Some(DayPart.Solved, new Random(1)), Some(DayPart.Solved, new Random(2)));

        var both = PartFigures.Together(DayPart.Solved, [one, other]);

        Assert.That(both.N, Is.EqualTo(one.N + other.N));
        Assert.That(both.Tallies[0].N, Is.EqualTo(one.Tallies[0].N + other.Tallies[0].N));
        Assert.That(both.Tallies[0].Buckets.Select(bucket => bucket.Bucket), Is.Ordered.Ascending.And.Unique);
        Assert.That(PartFigures.Together(DayPart.Solved, []).Counts, Is.EqualTo(new long[5]));
    }

    [Test]
    public void Days_that_are_not_known_lie_together()
    {
        var known = new[] { 3, 4, 6 }.Select(day => new DateOnly(2030, 1, day)).ToHashSet();

        var missing = DayStretches.Missing(new DateOnly(2030, 1, 1), new DateOnly(2030, 1, 9), known).Select(stretch => (stretch.From.Day, stretch.End.Day));

        Assert.That(missing, Is.EqualTo(new[] { (1, 3), (5, 6), (7, 9) }));
        Assert.That(DayStretches.Missing(new DateOnly(2030, 1, 3), new DateOnly(2030, 1, 5), known), Is.Empty);
    }

    [Test]
    public void Only_the_days_of_what_is_other_than_before_are_marked()
    {
        var before = Facts(solvedAfterDays: null, repliesAfterDays: [1]);
        var solved = Facts(solvedAfterDays: 3, repliesAfterDays: [1, 3]);
        var reopened = Facts(solvedAfterDays: null, repliesAfterDays: [1, 3]);

        Assert.That(Changed(null, before), Is.EquivalentTo(new[] { (DayPart.Opened, 0), (DayPart.Answered, 1) }));
        Assert.That(Changed(before, solved), Is.EquivalentTo(new[] { (DayPart.Opened, 0), (DayPart.Opened, 0), (DayPart.Solved, 3), (DayPart.Answered, 3) }));
        Assert.That(Changed(solved, reopened).Distinct(), Is.EquivalentTo(new[] { (DayPart.Opened, 0), (DayPart.Solved, 3) }), "the day of the answer stays as it was");
        Assert.That(Changed(solved, null).Distinct(), Is.EquivalentTo(new[] { (DayPart.Opened, 0), (DayPart.Solved, 3), (DayPart.Answered, 1), (DayPart.Answered, 3) }));
        Assert.That(Changed(solved, solved with { Ticket = solved.Ticket with { TicketRevision = 9, Channel = 3 } }), Is.Empty, "whose it is and how it began is asked of the facts");
    }

    private static IEnumerable<(DayPart, int)> Changed(TicketFacts? before, TicketFacts? after) => FactChanges.Between(before, after).Select(change => (change.Part, (int)(change.At - opened).TotalDays));

    private static TicketFacts Facts(int? solvedAfterDays, int[] repliesAfterDays) => new(
        new TicketFact
        {
            TicketRevision = 1, Channel = 1, OpenedAt = opened, OpenedHour = 9, OpenedWeekHour = 9, SolvedAt = solvedAfterDays is { } days ? opened.AddDays(days) : null, Replies = repliesAfterDays.Length, BotReplies = 0, Reopens = 0, IsPreemptive = false,
            HandleSeconds = 300,
        },
        [.. repliesAfterDays.Select((day, i) => new ReplyFact { Id = [(byte)day], Cycle = i + 1, RepliedAt = opened.AddDays(day), Seconds = 60, BusinessSeconds = 60, HandleSeconds = 300 })]);

    private static PartFigures Some(DayPart part, Random random) => new(
        [.. Enumerable.Range(0, PartFigures.CountsOf(part)).Select(_ => (long)random.Next(1, 1000))],
        [.. PartFigures.TimesOf(part).Select(_ => new Tally([.. Enumerable.Range(0, 40).Select(i => (i * 3, random.NextInt64(1, 5_000_000_000)))], random.NextDouble() * 1e12, random.NextDouble() * 1e20))]);
}
