using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Resolution;

/// <summary>POST /customers/resolve: who is meant by these identifiers? Nothing is guessed that the caller did not ask to be guessed.</summary>
public static class ResolveCustomer
{
    /// <summary>What to do when nobody has any of the identities.</summary>
    public enum MissingPolicy
    {
        MatchOnly,
        CreateIfMissing,
    }

    /// <summary>What to do when several customers have them.</summary>
    public enum AmbiguousPolicy
    {
        Report,
        TakeSurest,
    }

    public enum Outcome
    {
        Matched,
        Created,
        Ambiguous,
        NotFound,
    }

    public enum Reason
    {
        AllIdentitiesAreOneCustomers,
        SurestOfSeveral,
        IdentitiesAreSeveralCustomers,
        NobodyHasTheIdentities,
    }

    public sealed record Request : CustomerDetails
    {
        public MissingPolicy Policy { get; init; } = MissingPolicy.MatchOnly;
        public AmbiguousPolicy OnAmbiguous { get; init; } = AmbiguousPolicy.Report;

        /// <summary>Gives the customer who was found those of the identities that nobody has yet. An <c>is_primary</c> or <c>is_verified</c> that is true comes true, also of an identity the customer has.</summary>
        public bool AttachesIdentities { get; init; }
    }

    public sealed record Answer
    {
        public required Outcome Outcome { get; init; }
        public required Reason Reason { get; init; }

        /// <summary>Null when ambiguous or not found.</summary>
        public Customer? Customer { get; init; }

        /// <summary>Everyone who has one of the identities, the surest first.</summary>
        public required IReadOnlyList<Candidate> Candidates { get; init; }
    }

    internal static async Task<IResult> Handle(
        Request request, TenantDb db, IdentityReader reader, IdentityOwners owners, CustomerWriter writer, CustomerFinder finder, CancellationToken ct)
    {
        var identities = await reader.ReadAsync(request, "", ct);
        if (identities.Count == 0) throw ApiProblem.Invalid("", "identity_required", "Say at least one of email, phone, external_ids and identities.");

        var (owned, answer) = await LookAsync();
        if (answer.Outcome == Outcome.NotFound && request.Policy == MissingPolicy.CreateIfMissing)
        {
            if (await writer.TryAddAsync(request, identities, "", ct) is { } added)
                return TypedResults.Created($"/v1/customers/{added.Id}", answer with { Outcome = Outcome.Created, Customer = added });
            (owned, answer) = await LookAsync(); // somebody was faster
        }
        if (answer.Outcome != Outcome.Matched) return TypedResults.Ok(answer);

        var found = answer.Candidates[0].CustomerId;
        if (request.AttachesIdentities) await finder.AttachAsync(found, identities, owned, ct);
        return TypedResults.Ok(answer with { Customer = await ShowCustomer.FindAsync(found, db, ct) });

        async Task<(IReadOnlyList<OwnedIdentity>, Answer)> LookAsync()
        {
            var owned = await owners.FindAsync(identities.Select(i => i.Identifier), ct);
            return (owned, Decide(CustomerResolution.Candidates(owned), request.OnAmbiguous));
        }
    }

    internal static Answer Decide(IReadOnlyList<Candidate> candidates, AmbiguousPolicy onAmbiguous)
    {
        var (outcome, reason) = (candidates.Count, onAmbiguous) switch
        {
            (0, _) => (Outcome.NotFound, Reason.NobodyHasTheIdentities),
            (1, _) => (Outcome.Matched, Reason.AllIdentitiesAreOneCustomers),
            (_, AmbiguousPolicy.TakeSurest) => (Outcome.Matched, Reason.SurestOfSeveral),
            _ => (Outcome.Ambiguous, Reason.IdentitiesAreSeveralCustomers),
        };
        return new Answer { Outcome = outcome, Reason = reason, Candidates = candidates };
    }
}
