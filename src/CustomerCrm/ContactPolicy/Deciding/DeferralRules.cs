using System.Globalization;
using NodaTime;

namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>The rules that only put a message off: quiet hours, the minimum gap and the daily limit.</summary>
internal static class DeferralRules
{
    // Each time round, a moment that all agree on is found or lies later. More often than this is not worth it: then it is denied.
    private const int MostRounds = 1000;

    /// <summary>The first moment that every rule that puts off agrees with; null: none before it is too late.</summary>
    public static DateTimeOffset? FirstMoment(ContactFacts facts, DateTimeOffset latest, out RuleFinding[] findings)
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
        if (!isFor) return ContactRules.Finding("quiet_hours", RuleOutcome.NotApplicable, local, zone, "There are no quiet hours for this purpose.");
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
            return ContactRules.Finding("minimum_gap", RuleOutcome.NotApplicable, null, null, "There is no minimum gap for this purpose.");
        var last = facts.Others.Where(o => gap.Purposes.Contains(o.Purpose)).Select(o => (DateTimeOffset?)o.CountsAt).Max();
        return PutOff("minimum_gap", until, last is { } at ? ContactRules.Text(at) : null, $"{gap.Minutes} minutes", "Another message to the customer is too near.", "No other message is too near.");
    }

    private static Func<DateTimeOffset, DateTimeOffset?> DailyLimit(ContactFacts facts) => moment =>
        facts.DailyLimit < facts.Question.Parts ? null : facts.SentToday + facts.Question.Parts <= facts.DailyLimit || moment >= facts.NextDay ? moment : facts.NextDay;

    private static RuleFinding LimitFinding(ContactFacts facts, DateTimeOffset? until) => PutOff("daily_limit", until,
        facts.SentToday.ToString(CultureInfo.InvariantCulture), facts.DailyLimit.ToString(CultureInfo.InvariantCulture),
        "There is no room left under today's limit.", "There is room under today's limit.");

    private static RuleFinding PutOff(string name, DateTimeOffset? until, string? value, string? limit, string isPutOff, string passes) => until is { } time
        ? ContactRules.Finding(name, RuleOutcome.Deferred, value, limit, isPutOff) with { Until = time == DateTimeOffset.MaxValue ? null : time }
        : ContactRules.Finding(name, RuleOutcome.Passed, value, limit, passes);
}
