using CustomerCrm.Companies;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Sources;

/// <summary>Companies as the search reads them: by name, and by domains, external ids and what is said of them.</summary>
internal sealed class SearchedCompanies(TenantDb db) : ISearched
{
    public SearchKind Kind => SearchKind.Company;

    public async Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct)
    {
        var companies = await db.QueryAsync<Row>(Named.And(Condition.In("c.Id", keys)), null, ct);
        var domains = (await db.QueryAsync<Said>(Domains.And(Condition.In("s.CompanyId", keys)), null, ct)).ToLookup(s => s.CompanyId, s => s.Text);
        var ids = (await db.QueryAsync<Said>(ExternalIds.And(Condition.In("s.CompanyId", keys)), null, ct)).ToLookup(s => s.CompanyId, s => s.Text);
        return [.. companies.Select(c => ToDocument(c, domains[c.Id], ids[c.Id]))];
    }

    public Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct) => db.QueryTopAsync<byte[]>(Unindexed, most, new { After = after }, ct);

    private static SearchDocument ToDocument(Row company, IEnumerable<string> domains, IEnumerable<string> ids) => new()
    {
        Kind = SearchKind.Company,
        Key = company.Id.ToBytes(),
        OwnerKey = null,
        Id = company.Id.ToString(),
        Title = company.Name,
        Titles = [new("name", company.Name)],
        Texts =
        [
            .. domains.Select(domain => new SearchText("domain", domain)), .. ids.Select(id => new SearchText("external_id", id)),
            new("tax_number", company.TaxNumber), new("industry", company.Industry), new("city", company.City), new("description", company.Description),
        ],
        UpdatedAt = company.UpdatedAt,
    };

    private sealed record Row
    {
        public required Id<Company> Id { get; init; }
        public required string Name { get; init; }
        public string? Industry { get; init; }
        public string? TaxNumber { get; init; }
        public string? City { get; init; }
        public string? Description { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record Said
    {
        public required Id<Company> CompanyId { get; init; }
        public required string Text { get; init; }
    }

    private static readonly TenantSql Named = TenantSql.Of("""
        SELECT c.Id, c.Name, c.Industry, c.TaxNumber, c.City, c.Description, c.UpdatedAt
        FROM Companies c
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql Domains = TenantSql.Of("SELECT s.CompanyId, s.Domain AS Text FROM CompanyDomains s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql ExternalIds = TenantSql.Of("SELECT s.CompanyId, s.ExternalId AS Text FROM CompanyExternalIds s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Unindexed = TenantSql.Of("""
        SELECT c.Id
        FROM Companies c
        WHERE c.TenantId = @TenantId
          AND c.Id > @After
          AND NOT EXISTS (SELECT 1 FROM SearchDocuments d
                          WHERE d.TenantId = @TenantId AND d.Kind = 4 AND d.RecordKey = c.Id AND d.SourceUpdatedAt >= c.UpdatedAt)
        ORDER BY c.Id
        """);
}
