namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>
/// What a customer's words come to for one message. What was said of its topic holds, else what was said of all topics; but a no to all topics
/// that came after a yes to this one is a no. Where nothing was said, the topic's own default holds; it can stand for a missing no, and never for a yes.
/// </summary>
internal static class ConsentRule
{
    private const int Granted = 1, Pending = 2, Withdrawn = 3;

    /// <returns><c>granted</c>, <c>pending</c>, <c>withdrawn</c>, <c>expired</c> or <c>none</c>.</returns>
    public static string Standing(IReadOnlyList<ConsentFact> said, string topic, DateTimeOffset now)
    {
        var general = said.FirstOrDefault(c => c.Topic.Length == 0);
        var own = topic.Length == 0 ? null : said.FirstOrDefault(c => string.Equals(c.Topic, topic, StringComparison.Ordinal));
        var holding = own is not null && general is { State: Withdrawn } && general.ChangedAt > own.ChangedAt ? general : own ?? general;
        return holding switch
        {
            null => "none",
            { State: Granted, ExpiresAt: { } end } when end <= now => "expired",
            { State: Granted } => "granted",
            { State: Pending } => "pending",
            { State: Withdrawn } => "withdrawn",
            _ => "expired",
        };
    }

    public static RuleFinding Ask(ContactFacts facts)
    {
        var need = facts.Policy.NeedOf(facts.Question.Purpose);
        var standing = Standing(facts.Consents, facts.Question.Topic, facts.Now);
        if (standing == "none" && facts.IsTopicOnByDefault is { } isOn) standing = isOn ? "on_by_default" : "off_by_default";
        var isEnough = need switch
        {
            ConsentNeed.Granted => standing == "granted",
            ConsentNeed.NotWithdrawn => standing == "granted" || (standing != "withdrawn" && facts.IsTopicOnByDefault != false),
            _ => true,
        };
        return new RuleFinding
        {
            Name = "consent",
            Outcome = isEnough ? RuleOutcome.Passed : RuleOutcome.Denied,
            Value = standing,
            Limit = need switch { ConsentNeed.Granted => "granted", ConsentNeed.NotWithdrawn => "not_withdrawn", _ => "none" },
            Detail = (isEnough, standing) switch
            {
                (true, "granted") => "The customer agreed to this.",
                (true, "on_by_default") => "The topic is for all who did not say no to it.",
                (true, _) => "A message of this purpose needs no more of the customer's consents.",
                (_, "withdrawn") => "The customer took this consent back.",
                (_, "pending") => "The customer has not yet confirmed this consent.",
                (_, "expired") => "The customer's consent has expired.",
                (_, "on_by_default") => "The topic is on for those who never said anything, but this purpose needs a customer's yes.",
                (_, "off_by_default") => "The topic is only for customers who asked for it.",
                _ => "The customer never agreed to this.",
            },
        };
    }
}
