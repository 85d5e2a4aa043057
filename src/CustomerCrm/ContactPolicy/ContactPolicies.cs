using CustomerCrm.ContactPolicy.Deciding;

namespace CustomerCrm.ContactPolicy;

/// <summary>Asks the policy of the data set about a message.</summary>
public sealed class ContactPolicies
{
    private readonly FactGathering facts;
    private readonly PolicyStore policies;

    internal ContactPolicies(FactGathering facts, PolicyStore policies) => (this.facts, this.policies) = (facts, policies);

    public async Task<ContactDecision> AskAsync(ContactQuestion question, CancellationToken ct) => ContactRules.Decide(await facts.GatherAsync(question, ct));

    public async Task<Policy> CurrentAsync(CancellationToken ct) => await policies.ReadAsync(ct);
}
