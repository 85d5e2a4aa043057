using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies;

/// <summary>Finds companies, whole, and whose a domain or an external id is.</summary>
internal sealed class CompanyReader(TenantDb db)
{
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Company> FindAsync(Id<Company> companyId, CancellationToken ct)
    {
        var company = await db.FindAsync<Company>(ById, new { CompanyId = companyId }, ct) ?? throw ApiProblem.NotFound("company");
        return (await AttachAsync([company], ct))[0];
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task CheckAsync(Id<Company> companyId, CancellationToken ct)
    {
        if (await db.FindAsync<Id<Company>?>(Exists, new { CompanyId = companyId }, ct) is null) throw ApiProblem.NotFound("company");
    }

    /// <summary>The same companies with their domains and external ids, all read at once.</summary>
    public async Task<IReadOnlyList<Company>> AttachAsync(IReadOnlyList<Company> companies, CancellationToken ct)
    {
        if (companies.Count == 0) return companies;
        var ids = Condition.In("i.CompanyId", companies.Select(c => (object?)c.Id));
        var domains = (await db.QueryAsync<DomainRow>(Domains.And(ids).Then("ORDER BY i.DomainKey"), null, ct)).ToLookup(row => row.CompanyId, row => row.Domain);
        var externals = (await db.QueryAsync<ExternalRow>(ExternalIds.And(ids).Then("ORDER BY i.Source"), null, ct))
            .ToLookup(row => row.CompanyId, row => new CompanyExternalId { Source = row.Source, Id = row.ExternalId });
        return [.. companies.Select(c => c with { Domains = [.. domains[c.Id]], ExternalIds = [.. externals[c.Id].OrderBy(id => id.Source, StringComparer.Ordinal)] })];
    }

    public Task<Id<Company>?> FindIdAsync(CompanyExternalId external, CancellationToken ct) =>
        db.FindAsync<Id<Company>?>(OwnerOfExternalId, new { external.Source, ExternalKey = KeyOf(external) }, ct);

    public Task<Id<Company>?> FindByDomainAsync(string domain, CancellationToken ct) =>
        db.FindAsync<Id<Company>?>(OwnerOfDomain, new { DomainKey = KeyOf(domain) }, ct);

    internal static byte[] KeyOf(string domain) => Encoding.UTF8.GetBytes(domain);

    internal static byte[] KeyOf(CompanyExternalId external) => Encoding.UTF8.GetBytes(external.Id);

    private sealed record DomainRow
    {
        public required Id<Company> CompanyId { get; init; }
        public required string Domain { get; init; }
    }

    private sealed record ExternalRow
    {
        public required Id<Company> CompanyId { get; init; }
        public required string Source { get; init; }
        public required string ExternalId { get; init; }
    }

    /// <summary>Ends in its WHERE, so that lists narrow the same statement.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of($"""
        SELECT {Company.Columns}
        FROM Companies c
        WHERE c.TenantId = @TenantId
        """);

    /// <summary>The same, begun at the values of the tenant's own fields (CROSS JOIN, because SQLite keeps its order).</summary>
    internal static readonly TenantSql MatchingByValue = TenantSql.Of($"""
        SELECT {Company.Columns}
        FROM CompanyFieldValues v
        CROSS JOIN Companies c
        WHERE v.TenantId = @TenantId
          AND c.TenantId = @TenantId
          AND c.Id = v.CompanyId
        """);

    private static readonly TenantSql ById = Matching.Then("AND c.Id = @CompanyId");

    private static readonly TenantSql Exists = TenantSql.Of("SELECT c.Id FROM Companies c WHERE c.TenantId = @TenantId AND c.Id = @CompanyId");

    private static readonly TenantSql Domains = TenantSql.Of("""
        SELECT i.CompanyId, i.Domain
        FROM CompanyDomains i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql ExternalIds = TenantSql.Of("""
        SELECT i.CompanyId, i.Source, i.ExternalId
        FROM CompanyExternalIds i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql OwnerOfDomain = TenantSql.Of("""
        SELECT i.CompanyId
        FROM CompanyDomains i
        WHERE i.TenantId = @TenantId AND i.DomainKey = @DomainKey
        """);

    private static readonly TenantSql OwnerOfExternalId = TenantSql.Of("""
        SELECT i.CompanyId
        FROM CompanyExternalIds i
        WHERE i.TenantId = @TenantId AND i.ExternalKey = @ExternalKey AND i.Source = @Source
        """);
}
