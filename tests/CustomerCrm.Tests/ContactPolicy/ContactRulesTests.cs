using CustomerCrm.BusinessCalendars;
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

    // What the policy asks for, what the topic's default is (null: no topic), and what was said (0: nothing).
    [TestCase(ConsentNeed.Granted, true, 0, "on_by_default", DecisionOutcome.Denied)]
    [TestCase(ConsentNeed.Granted, false, 0, "off_by_default", DecisionOutcome.Denied)]
    [TestCase(ConsentNeed.Granted, false, 1, "granted", DecisionOutcome.Allowed)]
    [TestCase(ConsentNeed.NotWithdrawn, true, 0, "on_by_default", DecisionOutcome.Allowed)]
    [TestCase(ConsentNeed.NotWithdrawn, false, 0, "off_by_default", DecisionOutcome.Denied)]
    [TestCase(ConsentNeed.NotWithdrawn, false, 1, "granted", DecisionOutcome.Allowed)]
    [TestCase(ConsentNeed.NotWithdrawn, false, 2, "pending", DecisionOutcome.Denied)]
    [TestCase(ConsentNeed.NotWithdrawn, true, 3, "withdrawn", DecisionOutcome.Denied)]
    [TestCase(ConsentNeed.NotWithdrawn, null, 0, "none", DecisionOutcome.Allowed)]
    [TestCase(ConsentNeed.None, false, 0, "off_by_default", DecisionOutcome.Allowed)]
    public void The_default_of_a_topic_stands_for_a_missing_no_and_never_for_a_yes(ConsentNeed need, bool? isOnByDefault, int said, string value, DecisionOutcome expected)
    {
        var facts = Facts(MessagePurpose.Service) with
        {
            Policy = new PolicySettings { Consent = new ConsentNeeds { Service = need } },
            IsTopicOnByDefault = isOnByDefault,
            Consents = said == 0 ? [] : [new ConsentFact { Topic = "", State = said, ChangedAt = now }],
        };

        var decision = ContactRules.Decide(facts);

        Assert.That((decision.Rules.Single(r => r.Name == "consent").Value, decision.Outcome), Is.EqualTo((value, expected)));
    }

    [TestCase(5, 3, 2, DecisionOutcome.Allowed)]
    [TestCase(5, 4, 2, DecisionOutcome.Deferred)]
    [TestCase(5, 0, 6, DecisionOutcome.Denied)]
    public void A_message_of_many_parts_takes_as_much_of_the_daily_limit(int limit, int sent, int parts, DecisionOutcome expected)
    {
        var facts = Facts(MessagePurpose.Transactional) with { SentToday = sent, DailyLimit = limit, NextDay = now.AddHours(15) };

        Assert.That(ContactRules.Decide(facts with { Question = facts.Question with { Parts = parts } }).Outcome, Is.EqualTo(expected));
    }

    [Test]
    public void A_suppressed_address_is_not_written_to_whatever_the_purpose([Values] MessagePurpose purpose) =>
        Assert.That(ContactRules.Decide(Facts(purpose) with { Suppression = "stop" }).DecidedBy, Is.EqualTo("suppression"));

    [Test]
    public void What_could_only_leave_when_it_is_stale_is_denied()
    {
        var facts = Facts() with { Policy = new PolicySettings { MostDeferralHours = 24, Holidays = [.. Enumerable.Range(15, 5).Select(d => new CalendarHoliday { Date = new DateOnly(2030, 1, d), Name = "Week off" })] } };

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
