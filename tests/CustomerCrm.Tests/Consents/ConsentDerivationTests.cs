using CustomerCrm.Consents;
using CustomerCrm.Consents.Ledger;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Consents;

public class ConsentDerivationTests
{
    private static readonly DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Whatever_order_entries_arrive_in_the_same_holds([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var entries = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Some(random)).ToArray();

        var answers = Enumerable.Range(0, 25).Select(_ =>
        {
            random.Shuffle(entries);
            return string.Join(" ", new[] { "", "a", "b" }.Select(topic => ConsentDerivation.Of(entries, topic)?.Id.ToString() ?? "-"));
        });

        Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Entries_one_by_one_lead_to_the_same_as_all_at_once([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var entries = Enumerable.Range(0, 10).Select(_ => Some(random)).OrderBy(entry => entry.OccurredAt).ToArray();

        for (var i = 1; i <= entries.Length; i++)
            if (entries[..i] is var soFar && ConsentDerivation.Of(soFar, "a") is { State: ConsentState.Granted } grant)
                Assert.That(soFar.Where(e => e.State == ConsentState.Withdrawn && e.Topic is "a" or "").All(e => e.State != ConsentState.Withdrawn || e.OccurredAt < grant.OccurredAt), Is.True, "nothing said since takes it away");
    }

    [Test]
    public void Nothing_said_of_a_topic_is_no_state() => Assert.That(ConsentDerivation.Of([At(1, ConsentState.Withdrawn)], "a"), Is.Null);

    [Test]
    public void Who_says_no_to_all_says_no_to_each_and_a_later_yes_to_one_is_a_yes()
    {
        ConsentFact[] entries = [At(1, ConsentState.Granted, "a"), At(1, ConsentState.Granted, "b"), At(2, ConsentState.Withdrawn), At(3, ConsentState.Granted, "b")];

        Assert.That(StateOf(entries, "a"), Is.EqualTo(ConsentState.Withdrawn));
        Assert.That(StateOf(entries, "b"), Is.EqualTo(ConsentState.Granted));
    }

    [Test]
    public void Who_says_yes_to_all_has_not_taken_back_a_no_to_one() =>
        Assert.That(StateOf([At(1, ConsentState.Withdrawn, "a"), At(2, ConsentState.Granted)], "a"), Is.EqualTo(ConsentState.Withdrawn));

    [Test]
    public void Of_a_yes_and_a_no_at_the_same_moment_the_no_is_believed() =>
        Assert.That(StateOf([At(1, ConsentState.Withdrawn, "a"), At(1, ConsentState.Granted, "a")], "a"), Is.EqualTo(ConsentState.Withdrawn));

    [Test]
    public void Asking_again_takes_nothing_away_from_who_agreed() =>
        Assert.That(StateOf([At(1, ConsentState.Granted, "a"), At(2, ConsentState.Pending, "a")], "a"), Is.EqualTo(ConsentState.Granted));

    [Test]
    public void Asking_again_after_the_end_is_pending() =>
        Assert.That(StateOf([At(1, ConsentState.Granted, "a", until: 2), At(3, ConsentState.Pending, "a")], "a"), Is.EqualTo(ConsentState.Pending));

    [Test]
    public void An_end_ends_what_it_is_of_and_not_what_was_renewed_before_it()
    {
        Assert.That(StateOf([At(1, ConsentState.Granted, "a", until: 5), At(5, ConsentState.Expired, "a")], "a"), Is.EqualTo(ConsentState.Expired));
        Assert.That(StateOf([At(1, ConsentState.Granted, "a", until: 5), At(4, ConsentState.Granted, "a", until: 9), At(5, ConsentState.Expired, "a")], "a"), Is.EqualTo(ConsentState.Granted));
    }

    private static ConsentState? StateOf(ConsentFact[] entries, string topic) => ConsentDerivation.Of(entries, topic)?.State;

    private static ConsentFact At(int day, ConsentState state, string topic = "", int? until = null) => new()
    {
        Id = Id<ConsentEntry>.New(), Topic = topic, State = state, LegalBasis = LegalBasis.Consent, OccurredAt = start.AddDays(day), ExpiresAt = until is { } end ? start.AddDays(end) : null,
    };

    private static ConsentFact Some(Random random)
    {
        var state = (ConsentState)random.Next(1, 5);
        return At(random.Next(5), state, new[] { "", "a", "b" }[random.Next(3)], state == ConsentState.Granted && random.Next(2) == 0 ? random.Next(1, 8) : null);
    }
}
