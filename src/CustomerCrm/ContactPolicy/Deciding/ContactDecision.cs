namespace CustomerCrm.ContactPolicy.Deciding;

/// <summary>What the policy says of a message, with everything that it asked.</summary>
public sealed record ContactDecision
{
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The first moment at which it may leave, if it is deferred.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The rule that decided; null: all let it pass.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Every rule, those that let it pass as well.</summary>
    public required IReadOnlyList<RuleFinding> Rules { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

public enum DecisionOutcome
{
    /// <summary>It may leave now.</summary>
    Allowed,

    /// <summary>Not before another moment; then it is asked again.</summary>
    Deferred,

    /// <summary>It is not sent.</summary>
    Denied,
}

/// <summary>What one rule says.</summary>
public sealed record RuleFinding
{
    /// <summary><c>address</c>, <c>test_recipient</c>, <c>suppression</c>, <c>consent</c>, <c>guard:refunded_order</c> …, <c>quiet_hours</c>, <c>minimum_gap</c>, <c>daily_limit</c>, <c>cap:day</c> …, <c>most_deferral</c>.</summary>
    /// <example>consent</example>
    public required string Name { get; init; }

    public required RuleOutcome Outcome { get; init; }

    /// <summary>What was found.</summary>
    /// <example>withdrawn</example>
    public string? Value { get; init; }

    /// <summary>What it was held against.</summary>
    /// <example>granted</example>
    public string? Limit { get; init; }

    /// <summary>For people.</summary>
    /// <example>The customer took this consent back.</example>
    public required string Detail { get; init; }

    /// <summary>Of a rule that defers: when it no longer stands in the way.</summary>
    public DateTimeOffset? Until { get; init; }
}

public enum RuleOutcome
{
    Passed,
    Deferred,
    Denied,

    /// <summary>It is not for messages like this one, or is off.</summary>
    NotApplicable,
}
