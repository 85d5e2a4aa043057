using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CustomerCrm.Tests.ContactPolicy;

public class ContactRulesTests
{
    private static readonly DateTimeOffset now = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_message_that_nothing_stands_against_is_allowed_and_every_rule_says_so()
    {
        var decision = ContactRules.Decide(Facts());

        Assert.That((decision.Outcome, decision.Until, decision.DecidedBy), Is.EqualTo((DecisionOutcome.Allowed, (DateTimeOffset?)null, (string?)null)));
        Assert.That(decision.Rules.Select(r => r.Outcome), Is.All.AnyOf(RuleOutcome.Passed, RuleOutcome.NotApplicable));
    }

    [TestCase(1, 3, "withdrawn", TestName = "A_no_to_all_after_a_yes_to_the_topic_is_a_no")]
    [TestCase(3, 1, "withdrawn", TestName = "A_no_to_the_topic_holds_beside_a_yes_to_all")]
    [TestCase(1, 1, "granted", TestName = "Two_yes_are_a_yes")]
    public void What_was_said_of_a_topic_and_then_of_all(int topical, int general, string expected)
    {
        ConsentFact[] said =
        [
            new() { Topic = "news", State = topical, ChangedAt = now.AddDays(-2) },
            new() { Topic = "", State = general, ChangedAt = now.AddDays(-1) },
        ];

        Assert.That(ConsentRule.Standing(said, "news", now), Is.EqualTo(expected));
    }

    [Test]
    public void A_yes_to_a_topic_after_a_no_to_all_is_a_yes()
    {
        ConsentFact[] said = [new() { Topic = "news", State = 1, ChangedAt = now }, new() { Topic = "", State = 3, ChangedAt = now.AddDays(-1) }];

        Assert.That((ConsentRule.Standing(said, "news", now), ConsentRule.Standing(said, "other", now), ConsentRule.Standing(said, "", now)), Is.EqualTo(("granted", "withdrawn", "withdrawn")));
    }

    [TestCase(MessagePurpose.Marketing, 3, DecisionOutcome.Denied)]
    [TestCase(MessagePurpose.Service, 3, DecisionOutcome.Denied)]
    [TestCase(MessagePurpose.Service, 2, DecisionOutcome.Allowed)]
    [TestCase(MessagePurpose.Transactional, 3, DecisionOutcome.Allowed)]
    public void Each_purpose_needs_its_own_consent(MessagePurpose purpose, int state, DecisionOutcome expected)
    {
        var facts = Facts(purpose) with { Consents = [new ConsentFact { Topic = "", State = state, ChangedAt = now }] };

        Assert.That(ContactRules.Decide(facts).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public void A_suppressed_address_is_not_written_to_whatever_the_purpose([Values] MessagePurpose purpose) =>
        Assert.That(ContactRules.Decide(Facts(purpose) with { Suppression = "stop" }).DecidedBy, Is.EqualTo("suppression"));

    [Test]
    public void What_could_only_leave_when_it_is_stale_is_denied()
    {
        var facts = Facts() with { Policy = new PolicySettings { MostDeferralHours = 24, Holidays = [.. Enumerable.Range(15, 5).Select(d => new Holiday { Date = new DateOnly(2030, 1, d), Name = "Week off" })] } };

        var decision = ContactRules.Decide(facts);

        Assert.That((decision.Outcome, decision.DecidedBy), Is.EqualTo((DecisionOutcome.Denied, "most_deferral")));
    }

    [Test]
    public void The_answer_says_whose_clock_it_went_by()
    {
        var rule = ContactRules.Decide(Facts()).Rules.Single(r => r.Name == "quiet_hours");

        Assert.That((rule.Value, rule.Limit), Is.EqualTo(("2030-01-15 09:00", "UTC (tenant)")));
    }

    /// <summary>Quiet hours, gaps and the daily limit together: then all agree, and at no full minute before did they.</summary>
    [Test]
    public void Deferred_until_is_the_first_moment_on_which_all_rules_agree()
    {
        var cases = from gap in Gen.Choose(1, 180) from others in Gen.ArrayOf(Gen.Choose(-300, 2000)).Resize(6) from isFull in Gen.Elements(true, false) from hour in Gen.Choose(0, 23) select (gap, others, isFull, hour);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var at = new DateTimeOffset(2030, 1, 15, one.hour, 0, 0, TimeSpan.Zero);
            var facts = Facts() with
            {
                Now = at,
                Policy = new PolicySettings { MinimumGap = new MinimumGap { Minutes = one.gap }, Caps = [], MostDeferralHours = 720 },
                Others = [.. one.others.Select(minutes => new CountedMessage { CountsAt = at.AddMinutes(minutes), Purpose = MessagePurpose.Marketing })],
                SentToday = one.isFull ? 5 : 0,
                DailyLimit = 5,
                NextDay = new DateTimeOffset(2030, 1, 16, 0, 0, 0, TimeSpan.Zero),
            };

            var decision = ContactRules.Decide(facts);

            var leaves = decision.Until ?? at;
            Assert.That(decision.Outcome, Is.Not.EqualTo(DecisionOutcome.Denied));
            Assert.That(Agree(facts, leaves), Is.True);
            for (var minute = at; minute < leaves; minute = minute.AddMinutes(1))
                if (Agree(facts, minute)) Assert.Fail($"{minute} before {leaves}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static bool Agree(ContactFacts facts, DateTimeOffset moment) =>
        moment.Hour is >= 8 and < 21
        && facts.Others.All(o => (moment - o.CountsAt).Duration() >= TimeSpan.FromMinutes(facts.Policy.MinimumGap!.Minutes))
        && (facts.SentToday < facts.DailyLimit || moment >= facts.NextDay);

    private static ContactFacts Facts(MessagePurpose purpose = MessagePurpose.Marketing) => new()
    {
        Question = new ContactQuestion { CustomerId = Id<Customer>.New(), Channel = MessageChannel.Email, Purpose = purpose, Recipient = "ada@example.com" },
        Policy = new PolicySettings(),
        Now = now,
        Consents = [new ConsentFact { Topic = "", State = 1, ChangedAt = now.AddDays(-1) }],
        Zone = DateTimeZone.Utc,
        ZoneOf = ZoneSource.Tenant,
    };
}
