using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies;

/// <summary>Whose the domains and external ids are that somebody states. One look-up each, straight into a unique index.</summary>
internal sealed class CompanyOwners(CompanyReader reader)
{
    /// <returns>Those that are somebody's, in the order they are compared.</returns>
    public async Task<IReadOnlyList<Owned>> FindAsync(CompanyIdentities identities, CancellationToken ct)
    {
        var owned = new List<Owned>();
        foreach (var external in identities.ExternalIds ?? [])
            if (await reader.FindIdAsync(external, ct) is { } owner) owned.Add(new Owned(owner, external, null));
        foreach (var domain in identities.Domains ?? [])
            if (await reader.FindByDomainAsync(domain, ct) is { } owner) owned.Add(new Owned(owner, null, domain));
        return owned;
    }

    /// <summary>409, with the company that has it and what it has.</summary>
    public static ApiProblem Conflict(Owned owned) => ApiProblem.Conflict("company_exists",
        $"{(owned.Domain is null ? "An external id" : "A domain")} is another company's already. Change that company, or take it away from there.",
        new Dictionary<string, object?> { ["company_id"] = owned.CompanyId, ["domain"] = owned.Domain, ["external_id"] = owned.External });

    /// <summary>A domain or an external id, and the company that has it.</summary>
    internal sealed record Owned(Id<Company> CompanyId, CompanyExternalId? External, string? Domain);
}
