using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Sessions;

/// <summary>Which of a person's tenants a sign-in is for: the one that is named, or the only one there is; live data unless it is said.</summary>
public static class TenantChoice
{
    /// <summary>One that a person may choose.</summary>
    public sealed record Choice
    {
        public required Id<TenantAccount> Id { get; init; }
        public required string Name { get; init; }

        /// <summary>Of the data sets, those in which the person is a user.</summary>
        public required IReadOnlyList<Mode> Modes { get; init; }
    }

    /// <exception cref="ApiProblem">403: no tenant, or not this one. 409: there are several, and <c>tenants</c> names them.</exception>
    public static Membership Of(IReadOnlyList<Membership> memberships, Id<TenantAccount>? tenantId, Mode? mode)
    {
        var possible = memberships
            .Where(m => tenantId is null || m.AccountId.AsSpan().SequenceEqual(tenantId.Value.ToBytes()))
            .Where(m => mode is null || m.IsTest == (mode == Mode.Test)).ToArray();
        if (possible.Length == 0) throw ApiProblem.Forbidden("not_a_user", "This person is not a user of that tenant, or of no tenant at all.");
        if (possible.DistinctBy(m => new Guid(m.AccountId)).Count() > 1)
            throw ApiProblem.Conflict("tenant_choice_needed", "This person belongs to several tenants. Say with tenant_id which one is meant.",
                new Dictionary<string, object?> { ["tenants"] = ChoicesOf(possible) });
        return Array.Find(possible, m => !m.IsTest) ?? possible[0];
    }

    private static Choice[] ChoicesOf(IEnumerable<Membership> possible) =>
    [
        .. possible.GroupBy(m => new Guid(m.AccountId)).Select(tenant => new Choice
        {
            Id = Id<TenantAccount>.FromBytes(tenant.First().AccountId),
            Name = tenant.First().TenantName,
            Modes = [.. tenant.Select(m => m.IsTest ? Mode.Test : Mode.Live).Order()],
        }),
    ];
}
