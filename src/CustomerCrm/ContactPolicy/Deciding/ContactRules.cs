using System.Globalization;
using CustomerCrm.Customers.Contacting;
using NodaTime;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>
/// The policy itself: from the facts to the answer, and nothing else. Rules that deny are asked first; those that put off are then asked
/// until all agree on one moment; the caps are asked as of that moment.
/// </summary>
internal static class ContactRules
{
    // Each time round, a moment that all agree on is found or lies later. More often than this is not worth it: then it is denied.
    private const int MostRounds = 1000;

    public static ContactDecision Decide(ContactFacts facts)
    {
        var rules = new List<RuleFinding> { Address(facts), TestRecipient(facts), Suppression(facts), ConsentRule.Ask(facts) };
        rules.AddRange(facts.Guards.Select(guard => Guard(facts, guard.Setting, guard.Finding)));

        var since = facts.Question.Since ?? facts.Now;
        var latest = since.AddHours(facts.Policy.MostDeferralHours);
        var planned = Planned(facts, latest, out var putOff);
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

    /// <summary>The first moment that every rule that puts off agrees with; null: none before it is too late.</summary>
    private static DateTimeOffset? Planned(ContactFacts facts, DateTimeOffset latest, out RuleFinding[] findings)
    {
        Func<DateTimeOffset, DateTimeOffset?>[] steps = [QuietHours(facts), MinimumGap(facts), DailyLimit(facts)];
        var reached = new DateTimeOffset?[steps.Length];
        DateTimeOffset? planned = facts.Now;
        for (var round = 0; planned is not null; round++)
        {
            var before = planned;
            for (var i = 0; i < steps.Length && planned is { } moment; i++)
            {
                planned = round < MostRounds ? steps[i](moment) : null;
                if (planned > latest) planned = null;
                if (planned != moment) reached[i] = planned ?? DateTimeOffset.MaxValue;
            }
            if (planned == before) break;
        }
        findings = [QuietFinding(facts, reached[0]), GapFinding(facts, reached[1]), LimitFinding(facts, reached[2])];
        return planned;
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

    private static Func<DateTimeOffset, DateTimeOffset?> QuietHours(ContactFacts facts)
    {
        if (!QuietTime.IsFor(facts.Policy, facts.Question.Purpose)) return moment => moment;
        var quiet = new QuietTime(facts.Policy, facts.Zone);
        return moment => quiet.FirstAllowed(Instant.FromDateTimeOffset(moment))?.ToDateTimeOffset();
    }

    private static RuleFinding QuietFinding(ContactFacts facts, DateTimeOffset? until)
    {
        var isFor = QuietTime.IsFor(facts.Policy, facts.Question.Purpose);
        var zone = $"{facts.Zone.Id} ({facts.ZoneOf.ToString().ToLowerInvariant()})";
        var local = Instant.FromDateTimeOffset(facts.Now).InZone(facts.Zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (!isFor) return Finding("quiet_hours", RuleOutcome.NotApplicable, local, zone, "There are no quiet hours for this purpose.");
        var why = new QuietTime(facts.Policy, facts.Zone).At(Instant.FromDateTimeOffset(facts.Now));
        return PutOff("quiet_hours", until, why is null ? local : $"{local}, {why}", zone, "The customer is not written to at this time.", "The customer may be written to at this time.");
    }

    private static Func<DateTimeOffset, DateTimeOffset?> MinimumGap(ContactFacts facts)
    {
        if (facts.Policy.MinimumGap is not { } gap || !gap.Purposes.Contains(facts.Question.Purpose)) return moment => moment;
        var length = TimeSpan.FromMinutes(gap.Minutes);
        var others = facts.Others.Where(o => gap.Purposes.Contains(o.Purpose)).Select(o => o.CountsAt).Order().ToArray();
        return moment =>
        {
            foreach (var other in others) // in their order, so that a step over one is looked at by the next
                if ((moment - other).Duration() < length) moment = other + length;
            return moment;
        };
    }

    private static RuleFinding GapFinding(ContactFacts facts, DateTimeOffset? until)
    {
        if (facts.Policy.MinimumGap is not { } gap || !gap.Purposes.Contains(facts.Question.Purpose))
            return Finding("minimum_gap", RuleOutcome.NotApplicable, null, null, "There is no minimum gap for this purpose.");
        var last = facts.Others.Where(o => gap.Purposes.Contains(o.Purpose)).Select(o => (DateTimeOffset?)o.CountsAt).Max();
        return PutOff("minimum_gap", until, last is { } at ? Text(at) : null, $"{gap.Minutes} minutes", "Another message to the customer is too near.", "No other message is too near.");
    }

    private static Func<DateTimeOffset, DateTimeOffset?> DailyLimit(ContactFacts facts) => moment =>
        facts.SentToday < facts.DailyLimit || moment >= facts.NextDay ? moment : facts.DailyLimit == 0 ? null : facts.NextDay;

    private static RuleFinding LimitFinding(ContactFacts facts, DateTimeOffset? until) => PutOff("daily_limit", until,
        facts.SentToday.ToString(CultureInfo.InvariantCulture), facts.DailyLimit.ToString(CultureInfo.InvariantCulture),
        "As many messages have left today as may.", "There is room under today's limit.");

    private static RuleFinding PutOff(string name, DateTimeOffset? until, string? value, string? limit, string isPutOff, string passes) => until is { } time
        ? Finding(name, RuleOutcome.Deferred, value, limit, isPutOff) with { Until = time == DateTimeOffset.MaxValue ? null : time }
        : Finding(name, RuleOutcome.Passed, value, limit, passes);

    private static RuleFinding Finding(string name, RuleOutcome outcome, string? value, string? limit, string detail) =>
        new() { Name = name, Outcome = outcome, Value = value, Limit = limit, Detail = detail };

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
