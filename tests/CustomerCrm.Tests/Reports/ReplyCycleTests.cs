using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Reports.Figures;

namespace CustomerCrm.Tests.Reports;

/// <summary>Who waited for whom, and how long.</summary>
public class ReplyCycleTests
{
    private static readonly DateTimeOffset nine = new(2030, 1, 14, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_first_unanswered_message_is_what_an_answer_answers()
    {
        var replies = ReplyCycles.Of(nine, isAsked: true, [By(2, 30), By(1, 40), By(1, 50), By(2, 70), By(2, 75)]);

        Assert.That(replies.Select(r => (r.Cycle, r.AskedAt, r.RepliedAt)), Is.EqualTo(new (int?, DateTimeOffset?, DateTimeOffset)[]
        {
            (1, nine, At(30)), (2, At(40), At(70)), (null, null, At(75)),
        }));
    }

    [Test]
    public void What_bots_and_the_program_say_ends_no_wait()
    {
        var replies = ReplyCycles.Of(nine, isAsked: true, [By(3, 1), By(4, 2), By(2, 3, isAutomatic: true), By(2, 60)]);

        Assert.That(replies.Select(r => (r.Cycle, r.RepliedAt)), Is.EqualTo(new (int?, DateTimeOffset)[] { (1, At(60)) }));
    }

    [Test]
    public void Where_the_tenant_began_the_first_response_is_to_the_customers_first_message()
    {
        var replies = ReplyCycles.Of(nine, isAsked: false, [By(2, 0), By(1, 100), By(2, 130)]);

        Assert.That(replies.Select(r => (r.Cycle, r.AskedAt)), Is.EqualTo(new (int?, DateTimeOffset?)[] { (null, null), (1, At(100)) }));
    }

    [TestCase(null, 300)]
    [TestCase(10, 600)]
    [TestCase(30, 1800)]
    [TestCase(31, 300)]
    public void An_answer_costs_the_time_since_the_one_before_within_a_sitting(int? minutesBefore, int seconds) =>
        Assert.That(ReplyCycles.HandleSeconds(nine, minutesBefore is { } m ? nine.AddMinutes(-m) : null), Is.EqualTo(seconds));

    [Test]
    public void Buckets_are_never_a_percent_off()
    {
        for (var seconds = 1L; seconds < 400_000_000; seconds = seconds * 21 / 20 + 1)
            Assert.That(DurationBucket.MiddleOf(DurationBucket.Of(seconds)), Is.EqualTo(seconds).Within(1).Percent, seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public void Many_times_in_buckets_have_the_quantiles_of_the_times_themselves()
    {
        var random = new Random(3);
        double[] times = [.. Enumerable.Range(0, 50_000).Select(_ => Math.Floor(Math.Exp(random.NextDouble() * 12)))];
        var buckets = times.GroupBy(time => DurationBucket.Of((long)time)).OrderBy(group => group.Key).Select(group => new BucketCount { Bucket = group.Key, Count = group.Count(), Sum = group.Sum(), Squares = group.Sum(t => t * t) });

        var (counted, exact) = (new Durations(Tally.Of(buckets), null), Durations.Of(times));

        Assert.That(counted.Median, Is.EqualTo(exact.Median).Within(1).Percent);
        Assert.That(counted.At(45_000), Is.EqualTo(exact.At(45_000)).Within(1).Percent);
        Assert.That(counted.Mean.Mean, Is.EqualTo(exact.Mean.Mean).Within(1e-6).Percent);
    }

    [Test]
    public void The_words_of_a_subject_are_those_that_say_something() =>
        Assert.That(WordCounting.Of("My parcels haven't arrived! ana@example.com #1042 Où est mon colis, où?").Select(one => one.Word), Is.EqualTo(new[] { "parcels", "havent", "arrived", "colis" }));

    private static DateTimeOffset At(int minutes) => nine.AddMinutes(minutes);

    private static SaidEntry By(int author, int minutes, bool isAutomatic = false) => new() { Id = [1], Author = author, IsAutomatic = isAutomatic, OccurredAt = At(minutes) };
}
