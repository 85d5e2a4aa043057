using CustomerCrm.Demo.Service;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Tests.Demo;

public class DemoLivesTests
{
    private static readonly DateTimeOffset today = new(2030, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_same_day_has_the_same_tickets()
    {
        var (one, other) = (new DemoLives(today, 100).All, new DemoLives(today, 100).All);

        Assert.That(one, Has.Count.EqualTo(DemoLives.Count));
        Assert.That(one.Select(Text), Is.EqualTo(other.Select(Text)));
    }

    [Test]
    public void What_has_not_happened_yet_is_not_told_and_each_step_follows_the_one_before()
    {
        foreach (var life in new DemoLives(today, 100).All)
        {
            var moments = life.Steps.Select(step => step.At).Prepend(life.OpenedAt).ToArray();
            Assert.That(moments, Is.Ordered.Ascending);
            Assert.That(moments[^1], Is.LessThan(today));
            Assert.That(life.Customer, Is.InRange(0, 99));
            Assert.That(life.Satisfaction is null || life.Steps.Any(step => step.Category == TicketCategory.Solved), "only what was solved is judged");
        }
    }

    [Test]
    public void Tickets_stand_everywhere_a_ticket_can_stand()
    {
        var lives = new DemoLives(today, 100).All;

        Assert.That(lives.Count(life => life.Steps.Any(step => step.Category == TicketCategory.Closed)), Is.GreaterThan(100));
        Assert.That(lives.Count(life => life.Steps.LastOrDefault(step => step.Does == DemoDeed.Move)?.Category == TicketCategory.Solved), Is.GreaterThan(10));
        Assert.That(lives.Count(life => life.Steps.All(step => step.Category != TicketCategory.Solved)), Is.InRange(5, 60), "still being worked at");
        Assert.That(lives.Count(life => life.Satisfaction is not null), Is.GreaterThan(50));
        Assert.That(lives.Select(life => life.Tag).Distinct().Count(), Is.EqualTo(DemoQuestions.All.Count));
    }

    [Test]
    public void While_a_past_is_written_it_is_then_for_who_writes_it_and_for_nobody_else()
    {
        var clock = new DemoClock();

        Task.Run(() =>
        {
            clock.Be(today);
            Assert.That(clock.GetUtcNow(), Is.EqualTo(today));
        }).Wait();

        Assert.That(clock.GetUtcNow(), Is.GreaterThan(today.AddYears(-10)).And.Not.EqualTo(today));
    }

    private static string Text(DemoLife life) => $"{life.OpenedAt:O} {life.Subject} {life.Customer} {string.Join(';', life.Steps)}";
}
