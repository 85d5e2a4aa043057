using Bogus;
using CustomerCrm.Interactions;
using CustomerCrm.Tickets;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Demo.Service;

/// <summary>
/// A few hundred tickets of the demo shop's last four months, in all states. The same seed and day always make the same ones: most are answered in hours and solved in a
/// day or two, some come late, some are opened again, and the latest are still being worked at.
/// </summary>
internal sealed class DemoLives
{
    public const int Count = 320, People = 3;
    private const int Seed = 2929, Days = 120;

    private readonly Faker faker = new("en") { Random = new Randomizer(Seed) };
    private readonly DateTimeOffset now;
    private readonly int customers;

    /// <param name="today">The day that the demo's history ends with, at midnight UTC.</param>
    /// <param name="customers">How many there are to ask.</param>
    public DemoLives(DateTimeOffset today, int customers)
    {
        (now, this.customers) = (today, customers);
        All = [.. Enumerable.Range(0, Count).Select(_ => Beginning()).Order().Select(Live)];
    }

    public IReadOnlyList<DemoLife> All { get; }

    // The shop grows, people write by day, and on Mondays more than on Sundays.
    private DateTimeOffset Beginning()
    {
        while (true)
        {
            var day = now.AddDays(-1 - (int)(Days * (1 - Math.Sqrt(faker.Random.Double()))));
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && faker.Random.Bool(0.6f)) continue;
            var hour = 12 + faker.Random.WeightedRandom([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0.05f, 0.11f, 0.14f, 0.14f, 0.11f, 0.08f, 0.08f, 0.09f, 0.09f, 0.07f, 0.04f]);
            return day.AddHours(hour).AddMinutes(faker.Random.Int(0, 59)).AddSeconds(faker.Random.Int(0, 59));
        }
    }

    private DemoLife Live(DateTimeOffset openedAt)
    {
        var question = faker.Random.WeightedRandom([.. DemoQuestions.All], Weights());
        var satisfaction = faker.Random.Bool(0.35f) ? faker.Random.WeightedRandom([1, 2, 3, 4, 5], [0.05f, 0.06f, 0.12f, 0.3f, 0.47f]) : (int?)null;
        var steps = StepsOf(openedAt, question, satisfaction is <= 2);
        var isOver = steps.Any(step => step is { Does: DemoDeed.Move, Category: TicketCategory.Solved });
        return new DemoLife
        {
            Customer = faker.Random.Int(0, customers - 1),
            OpenedAt = openedAt,
            Channel = faker.Random.WeightedRandom([InteractionChannel.Email, InteractionChannel.Chat, InteractionChannel.Web, InteractionChannel.Phone], [0.55f, 0.2f, 0.15f, 0.1f]),
            Subject = faker.Random.ArrayElement(question.Subjects),
            Text = faker.Random.ArrayElement(question.Texts),
            Priority = faker.Random.WeightedRandom([TicketPriority.Low, TicketPriority.Normal, TicketPriority.High, TicketPriority.Urgent], [0.12f, 0.66f, 0.17f, 0.05f]),
            Type = question.Type,
            Tag = question.Tag,
            Agent = faker.Random.WeightedRandom([0, 1, 2], [0.42f, 0.33f, 0.25f]),
            Steps = steps,
            Satisfaction = isOver ? satisfaction : null,
            Comment = isOver && satisfaction is { } score && faker.Random.Bool(0.5f) ? faker.Random.ListItem([.. score >= 4 ? DemoQuestions.Praise : DemoQuestions.Blame]) : null,
        };
    }

    private List<DemoStep> StepsOf(DateTimeOffset openedAt, DemoQuestions.Question question, bool isBad)
    {
        var (steps, at) = (new List<DemoStep>(), openedAt);
        if (openedAt > now.AddHours(-14) && faker.Random.Bool(0.6f)) return steps; // nobody has begun
        // Most within the promise, some late; an unhappy customer has waited.
        Next(isBad || faker.Random.Bool(0.08f) ? faker.Random.Double(6, 40) : faker.Random.Double(0.05, 1.6), DemoDeed.Answer, faker.Random.ArrayElement(question.Answers));
        if (faker.Random.Bool(0.25f)) Next(0.1, DemoDeed.Note, faker.Random.ListItem([.. DemoQuestions.Notes]));
        if (openedAt > now.AddDays(-9) && faker.Random.Bool(0.35f)) // it is the customer's turn, or the carrier's
        {
            Next(0.1, DemoDeed.Move, "", faker.Random.Bool(0.7f) ? TicketCategory.Pending : TicketCategory.OnHold);
            return [.. steps.TakeWhile(step => step.At < now)];
        }
        for (var rounds = faker.Random.WeightedRandom([0, 1, 2], isBad ? [0.1f, 0.5f, 0.4f] : [0.62f, 0.28f, 0.1f]); rounds > 0; rounds--)
        {
            if (faker.Random.Bool(0.4f)) Next(0.2, DemoDeed.Move, "", faker.Random.Bool(0.8f) ? TicketCategory.Pending : TicketCategory.OnHold);
            Next(faker.Random.Double(1, 30), DemoDeed.CustomerWrites, faker.Random.ListItem([.. DemoQuestions.Insists]));
            Next(faker.Random.Double(0.3, 9), DemoDeed.Answer, faker.Random.ArrayElement(question.Answers));
        }
        if (faker.Random.Bool(0.5f)) Next(faker.Random.Double(1, 20), DemoDeed.CustomerWrites, faker.Random.ListItem([.. DemoQuestions.Thanks]));
        Next(faker.Random.Double(0.1, 12), DemoDeed.Move, "", TicketCategory.Solved);
        if (faker.Random.Bool(0.07f))
        {
            Next(faker.Random.Double(3, 48), DemoDeed.CustomerWrites, faker.Random.ListItem([.. DemoQuestions.Insists]));
            Next(faker.Random.Double(0.5, 8), DemoDeed.Answer, faker.Random.ArrayElement(question.Answers));
            Next(faker.Random.Double(0.5, 20), DemoDeed.Move, "", TicketCategory.Solved);
        }
        if (at < now.AddDays(-14)) Next(24 * 7, DemoDeed.Move, "", TicketCategory.Closed);
        return [.. steps.TakeWhile(step => step.At < now)]; // what is to come has not happened

        void Next(double hours, DemoDeed does, string text, TicketCategory category = TicketCategory.Open) => steps.Add(new DemoStep(at = InOffice(at.AddHours(hours), does), does, text, category));
    }

    // Nobody answers by night: then they do in the morning.
    private DateTimeOffset InOffice(DateTimeOffset at, DemoDeed does)
    {
        if (does == DemoDeed.CustomerWrites) return at;
        var local = at.UtcDateTime.AddHours(-5);
        if (local.Hour >= 18) local = local.Date.AddDays(1).AddHours(9).AddMinutes(faker.Random.Int(0, 90));
        if (local.Hour < 9) local = local.Date.AddHours(9).AddMinutes(faker.Random.Int(0, 90));
        while (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) local = local.Date.AddDays(1).AddHours(9).AddMinutes(faker.Random.Int(0, 90));
        return new DateTimeOffset(local.AddHours(5), TimeSpan.Zero);
    }

    private static float[] Weights()
    {
        var all = DemoQuestions.All.Sum(question => question.Weight);
        return [.. DemoQuestions.All.Select(question => (float)question.Weight / all)];
    }
}
