using CustomerCrm.Platform.Access.Limits;

namespace CustomerCrm.Tests.Access;

public class TokenBucketsTests
{
    private readonly SteppedTime clock = new();
    private long bucket;

    [Test]
    public void A_full_bucket_gives_its_capacity_and_no_more()
    {
        var limits = Limits(capacity: 5, refillPerSecond: 1);

        var left = Enumerable.Range(0, 7).Select(_ => Take(limits)).ToArray();

        Assert.That(left, Is.EqualTo(new int?[] { 4, 3, 2, 1, 0, null, null }));
    }

    [Test]
    public void After_the_time_it_names_there_is_a_request_again()
    {
        var limits = Limits(capacity: 5, refillPerSecond: 0.25);
        while (limits.TryTake(ref bucket, clock.GetTimestamp(), out _, out _)) { }

        limits.TryTake(ref bucket, clock.GetTimestamp(), out _, out var wait);
        clock.Step(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
        var early = Take(limits);
        clock.Step(TimeSpan.FromMilliseconds(1));
        var inTime = Take(limits);

        Assert.That(wait, Is.EqualTo(4));
        Assert.That(early, Is.Null);
        Assert.That(inTime, Is.Zero);
    }

    [Test]
    public void A_bucket_left_alone_fills_to_its_capacity_only()
    {
        var limits = Limits(capacity: 3, refillPerSecond: 10);
        while (limits.TryTake(ref bucket, clock.GetTimestamp(), out _, out _)) { }

        clock.Step(TimeSpan.FromDays(1));

        Assert.That(Take(limits), Is.EqualTo(2));
    }

    [Test]
    public void Many_at_once_get_exactly_what_is_there()
    {
        var limits = Limits(capacity: 1000, refillPerSecond: 1);
        var taken = 0;

        Parallel.For(0, 4000, _ =>
        {
            if (limits.TryTake(ref bucket, clock.GetTimestamp(), out var _, out var _)) Interlocked.Increment(ref taken);
        });

        Assert.That(taken, Is.EqualTo(1000));
    }

    [Test]
    public void The_headers_follow_the_draft()
    {
        var limits = Limits(capacity: 600, refillPerSecond: 10);

        Assert.That(limits.Policy, Is.EqualTo("\"default\";q=600;w=60"));
        Assert.That(limits.HeaderFor(571, 1).ToString(), Is.EqualTo("\"default\";r=571;t=1"));
    }

    [Test]
    public void A_capacity_of_nothing_switches_it_off() =>
        Assert.That(Limits(capacity: 0, refillPerSecond: 1).IsOff, Is.True);

    private int? Take(TokenBuckets limits) => limits.TryTake(ref bucket, clock.GetTimestamp(), out var left, out _) ? left : null;

    private TokenBuckets Limits(int capacity, double refillPerSecond) =>
        new("default", new BucketOptions { Capacity = capacity, RefillPerSecond = refillPerSecond }, clock);
}
