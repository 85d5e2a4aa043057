using System.Globalization;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>
/// The policy itself: from the facts to the answer, and nothing else. Rules that deny are asked first; those that put off are then asked
/// until all agree on one moment; the caps are asked as of that moment.
/// </summary>
internal static class ContactRules
{
    public static ContactDecision Decide(ContactFacts facts)
    {
        var rules = new List<RuleFinding> { Address(facts), TestRecipient(facts), Suppression(facts), ConsentRule.Ask(facts) };
        rules.AddRange(facts.Guards.Select(guard => Guard(facts, guard.Setting, guard.Finding)));

        var since = facts.Question.Since ?? facts.Now;
        var latest = since.AddHours(facts.Policy.MostDeferralHours);
        var planned = DeferralRules.FirstMoment(facts, latest, out var putOff);
        rules.AddRange(putOff);
        rules.AddRange(facts.Policy.Caps.Select(cap => Cap(facts, cap, planned ?? facts.Now)));
        rules.Add(Finding("most_deferral", planned is null ? RuleOutcome.Denied : RuleOutcome.Passed, putOff.Max(r => r.Until) is { } until ? Text(until) : null, Text(latest),
            planned is null ? "It could not leave before it would be stale." : "It may leave before it would be stale."));

        var denied = rules.FirstOrDefault(r => r.Outcome == RuleOutcome.Denied);
        var deferred = denied is null && planned > facts.Now ? putOff.MaxBy(r => r.Until ?? DateTimeOffset.MinValue) : null;
        return new ContactDecision
        {
            Outcome = denied is not null ? DecisionOutcome.Denied : deferred is not null ? DecisionOutcome.Deferred : DecisionOutcome.Allowed,
            Until = deferred is not null ? planned : null,
            DecidedBy = (denied ?? deferred)?.Name,
            Rules = rules,
            DecidedAt = facts.Now,
        };
    }

    private static RuleFinding Address(ContactFacts facts) => facts.Question.Recipient is null
        ? Finding("address", RuleOutcome.Denied, null, null, facts.Question.Channel == MessageChannel.Sms ? "The customer has no phone number." : "The customer has no e-mail address.")
        : Finding("address", RuleOutcome.Passed, null, null, "There is an address.");

    private static RuleFinding TestRecipient(ContactFacts facts) => facts switch
    {
        { IsTestData: false } => Finding("test_recipient", RuleOutcome.NotApplicable, null, null, "This is live data."),
        { IsTestRecipient: true } => Finding("test_recipient", RuleOutcome.Passed, "listed", "listed", "Test data may be sent to this address."),
        _ => Finding("test_recipient", RuleOutcome.Denied, "not_listed", "listed", "Test data is sent only to the addresses among test_recipients."),
    };

    private static RuleFinding Suppression(ContactFacts facts) => facts.Suppression is { } reason
        ? Finding("suppression", RuleOutcome.Denied, reason, null, "Nothing is sent to this address any more.")
        : Finding("suppression", RuleOutcome.Passed, null, null, "The address is not suppressed.");

    private static RuleFinding Guard(ContactFacts facts, GuardSetting setting, Guards.GuardFinding found)
    {
        var limit = setting.Days is { } days ? $"{days} days" : setting.Tag;
        if (!setting.Purposes.Contains(facts.Question.Purpose)) return Finding($"guard:{setting.Name}", RuleOutcome.NotApplicable, found.Value, limit, "The guard is for other purposes.");
        return Finding($"guard:{setting.Name}", found.IsClear ? RuleOutcome.Passed : RuleOutcome.Denied, found.Value, limit, found.IsClear ? "The guard found nothing." : "The guard stands in the way.");
    }

    // A cap looks back from the moment at which the message would leave, and counts what has left or is to leave by then.
    private static RuleFinding Cap(ContactFacts facts, ContactCap cap, DateTimeOffset planned)
    {
        var name = $"cap:{cap.Per.ToString().ToLowerInvariant()}";
        var limit = cap.Most.ToString(CultureInfo.InvariantCulture);
        if (!cap.Purposes.Contains(facts.Question.Purpose)) return Finding(name, RuleOutcome.NotApplicable, null, limit, "The cap is for other purposes.");
        var count = facts.Others.Count(o => cap.Purposes.Contains(o.Purpose) && o.CountsAt > planned - cap.Length && o.CountsAt <= planned);
        var isUnder = count < cap.Most;
        return Finding(name, isUnder ? RuleOutcome.Passed : RuleOutcome.Denied, count.ToString(CultureInfo.InvariantCulture), limit,
            isUnder ? "There is room under the cap." : "The customer has had as many messages as the cap allows.");
    }

    internal static RuleFinding Finding(string name, RuleOutcome outcome, string? value, string? limit, string detail) =>
        new() { Name = name, Outcome = outcome, Value = value, Limit = limit, Detail = detail };

    internal static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
