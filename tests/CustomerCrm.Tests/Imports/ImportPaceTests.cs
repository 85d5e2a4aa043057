using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Tests.Imports;

public class ImportPaceTests
{
    private static readonly TimeSpan some = TimeSpan.FromMilliseconds(10);
    private readonly ManualClock clock = new();

    [Test]
    public void Alone_a_turn_is_not_over_however_long_it_takes()
    {
        var pace = new ImportPace(new Foreground(clock), clock);
        var began = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(pace.IsOver(began, somebodyWaits: false), Is.False);
    }

    [Test]
    public void Other_work_that_waits_has_its_turn_after_a_tenth_of_a_second()
    {
        var pace = new ImportPace(new Foreground(clock), clock);

        var began = clock.GetTimestamp();
        clock.Advance(some);
        var soon = pace.IsOver(began, somebodyWaits: true);
        clock.Advance(10 * some);

        Assert.That((soon, pace.IsOver(began, somebodyWaits: true), pace.IsOver(began, somebodyWaits: false)), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task Whoever_waits_to_write_while_a_request_is_answered_has_the_next_turn()
    {
        var foreground = new Foreground(clock);
        var pace = new ImportPace(foreground, clock);
        var answer = new TaskCompletionSource();
        var asking = foreground.ServeAsync(Request("GET"), _ => answer.Task);

        Assert.That((pace.IsOver(clock.GetTimestamp(), somebodyWaits: false), pace.IsOver(clock.GetTimestamp(), somebodyWaits: true)), Is.EqualTo((false, true)));
        answer.SetResult();
        await asking;
    }

    [Test]
    public async Task After_somebody_wrote_the_turns_are_short_for_a_while()
    {
        var foreground = new Foreground(clock);
        var pace = new ImportPace(foreground, clock);
        await foreground.ServeAsync(Request("POST"), _ => Task.CompletedTask);

        var began = clock.GetTimestamp();
        var soon = pace.IsOver(began, somebodyWaits: false);
        clock.Advance(some);
        var after = pace.IsOver(began, somebodyWaits: false);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That((soon, after, pace.IsOver(began, somebodyWaits: false)), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task While_somebody_reads_a_turn_takes_a_tenth_of_a_second_and_behind_it_the_import_stands_back()
    {
        var foreground = new Foreground(clock);
        var pace = new ImportPace(foreground, clock);
        var answer = new TaskCompletionSource();
        var reading = foreground.ServeAsync(Request("GET"), _ => answer.Task);

        var began = clock.GetTimestamp();
        clock.Advance(11 * some);
        var isOver = pace.IsOver(began, somebodyWaits: false);
        var back = foreground.StandBackAsync(CancellationToken.None);
        var stoodBack = !back.IsCompleted;
        answer.SetResult();
        await Task.WhenAll(reading, back);

        Assert.That((isOver, stoodBack, pace.IsOver(began, somebodyWaits: false)), Is.EqualTo((true, true, false)));
    }

    [Test]
    public async Task Where_there_is_always_somebody_the_import_goes_on_all_the_same()
    {
        var foreground = new Foreground(clock);
        var answer = new TaskCompletionSource();
        var reading = foreground.ServeAsync(Request("GET"), _ => answer.Task);

        await foreground.StandBackAsync(CancellationToken.None);

        Assert.That(foreground.IsBusy);
        answer.SetResult();
        await reading;
    }

    [Test]
    public async Task Where_somebody_writes_the_import_rests_after_each_turn_and_alone_it_does_not()
    {
        var foreground = new Foreground(clock);
        var pace = new ImportPace(foreground, clock);
        var began = clock.GetTimestamp();
        clock.Advance(some);
        pace.Committed(began);

        var alone = pace.RestAsync(CancellationToken.None).IsCompleted;
        await foreground.ServeAsync(Request("POST"), _ => Task.CompletedTask);
        var beside = pace.RestAsync(CancellationToken.None);

        Assert.That((alone, beside.IsCompleted), Is.EqualTo((true, false)));
        await beside;
    }

    [Test]
    public void News_are_due_at_once_and_then_every_two_seconds()
    {
        var pace = new ImportPace(new Foreground(clock), clock);

        var (first, second) = (pace.IsNewsDue(), pace.IsNewsDue());
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That((first, second, pace.IsNewsDue()), Is.EqualTo((true, false, true)));
    }

    private static DefaultHttpContext Request(string method) => new() { Request = { Method = method } };
}
