using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Resolution;

/// <summary>Who is meant by a handful of identifiers: nobody yet, one customer, or several among whom somebody must choose.</summary>
public static class CustomerResolution
{
    /// <summary>Whoever owns one of the identifiers, the surest first.</summary>
    public static IReadOnlyList<Candidate> Candidates(IEnumerable<OwnedIdentity> owned) =>
    [
        .. owned
            .GroupBy(o => o.CustomerId)
            .Select(ofOne => CandidateOf(ofOne.Key, [.. ofOne.OrderByDescending(Confidence)]))
            .OrderByDescending(c => c.Confidence).ThenBy(c => c.CustomerId.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>
    /// How sure it is that whoever says this is the customer who has it, between 0 and 1: judgements, not measurements. A shop's own id is certain;
    /// a mailbox is one person's, a phone a household's; what was verified was the customer's at least once.
    /// </summary>
    public static double Confidence(OwnedIdentity owned) => (owned.Identifier.Kind, owned.IsVerified) switch
    {
        (IdentityKind.External, _) => 1,
        (IdentityKind.Email, true) => 0.98,
        (IdentityKind.Email, false) => 0.95,
        (IdentityKind.Social, true) => 0.95,
        (IdentityKind.Social, false) => 0.9,
        (_, true) => 0.9,
        (_, false) => 0.8,
    };

    /// <summary>409: what was to be written is, in part, somebody else's.</summary>
    public static ApiProblem Conflict(string code, string detail, IReadOnlyList<Candidate> candidates) =>
        ApiProblem.Conflict(code, detail, new Dictionary<string, object?> { ["candidates"] = candidates });

    // Several identities of one customer make it surer: 1 − Π(1 − c), as if they were independent.
    private static Candidate CandidateOf(Id<Customer> customerId, IReadOnlyList<OwnedIdentity> surestFirst) => new()
    {
        CustomerId = customerId,
        Rule = RuleOf(surestFirst[0].Identifier.Kind),
        Identity = new Candidate.Matched
        {
            Kind = surestFirst[0].Identifier.Kind,
            Source = surestFirst[0].Identifier.Source is { Length: > 0 } source ? source : null,
            Value = surestFirst[0].Identifier.Value,
        },
        Confidence = Math.Round(1 - surestFirst.Aggregate(1.0, (doubt, one) => doubt * (1 - Confidence(one))), 4),
    };

    private static MatchRule RuleOf(IdentityKind kind) => kind switch
    {
        IdentityKind.Email => MatchRule.SameEmail,
        IdentityKind.Phone => MatchRule.SamePhone,
        IdentityKind.External => MatchRule.SameExternalId,
        _ => MatchRule.SameSocialHandle,
    };
}

/// <summary>Why a customer may be the one who is meant.</summary>
public enum MatchRule
{
    SameExternalId,
    SameEmail,
    SamePhone,
    SameSocialHandle,
}

/// <summary>A customer who may be the one who is meant.</summary>
public sealed record Candidate
{
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>The surest reason.</summary>
    public required MatchRule Rule { get; init; }

    /// <summary>What it is about, as the caller sent it.</summary>
    public required Matched Identity { get; init; }

    /// <summary>Between 0 and 1; all matching identities together.</summary>
    public required double Confidence { get; init; }

    /// <summary>An identity that two descriptions have in common.</summary>
    public sealed record Matched
    {
        public required IdentityKind Kind { get; init; }
        public string? Source { get; init; }
        public required string Value { get; init; }
    }
}
