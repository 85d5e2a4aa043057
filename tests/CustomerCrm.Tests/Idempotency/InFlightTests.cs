using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tests.Idempotency;

public class InFlightTests
{
    private readonly ManualClock clock = new();

    [Test]
    public async Task A_repeat_waits_for_the_first()
    {
        var inFlight = new InFlight(clock);
        var first = await inFlight.EnterAsync(1, "k", default);

        var repeat = inFlight.EnterAsync(1, "k", default);
        Assert.That(repeat.IsCompleted, Is.False);
        first.Dispose();

        using var turn = await repeat;
        Assert.That(turn, Is.Not.Null);
    }

    [Test]
    public async Task After_five_seconds_it_hears_to_try_again()
    {
        var inFlight = new InFlight(clock);
        using var first = await inFlight.EnterAsync(1, "k", default);

        var repeat = inFlight.EnterAsync(1, "k", default);
        clock.Advance(TimeSpan.FromSeconds(5));

        var problem = Assert.ThrowsAsync<ApiProblem>(() => repeat);
        Assert.That((problem!.Status, problem.RetryAfter), Is.EqualTo((409, TimeSpan.FromSeconds(1))));
    }

    [Test]
    public async Task Another_tenants_key_does_not_wait()
    {
        var inFlight = new InFlight(clock);
        using var first = await inFlight.EnterAsync(1, "k", default);

        using var other = await inFlight.EnterAsync(2, "k", default);

        Assert.That(other, Is.Not.Null);
    }
}
