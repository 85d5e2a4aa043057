using CustomerCrm.Imports.Running;

namespace CustomerCrm.Tests.Imports;

public class ImportPaceTests
{
    private readonly ManualClock clock = new();

    [Test]
    public void Alone_a_turn_is_not_over_however_long_it_takes()
    {
        var pace = new ImportPace(clock);
        var began = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(pace.IsOver(began, somebodyWaits: false), Is.False);
    }

    [Test]
    public void Whoever_waits_has_the_next_turn_and_the_turns_after_it_are_short_for_a_while()
    {
        var pace = new ImportPace(clock);

        var atOnce = pace.IsOver(clock.GetTimestamp(), somebodyWaits: true);
        var began = clock.GetTimestamp();
        var soon = pace.IsOver(began, somebodyWaits: false);
        clock.Advance(TimeSpan.FromMilliseconds(10));
        var after = pace.IsOver(began, somebodyWaits: false);
        clock.Advance(TimeSpan.FromSeconds(3));
        var alone = pace.IsOver(began, somebodyWaits: false);

        Assert.That((atOnce, soon, after, alone), Is.EqualTo((true, false, true, false)));
    }

    [Test]
    public void News_are_due_at_once_and_then_every_two_seconds()
    {
        var pace = new ImportPace(clock);

        var (first, second) = (pace.IsNewsDue(), pace.IsNewsDue());
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That((first, second, pace.IsNewsDue()), Is.EqualTo((true, false, true)));
    }
}
