using CustomerCrm.Platform.Data;

namespace CustomerCrm.Companies;

/// <summary>Writes the domains and external ids of companies. What a unique index refuses is taken back, so that the caller's transaction can go on.</summary>
internal sealed class CompanyKeys(TenantDb db)
{
    /// <exception cref="DuplicateKeyException">One of them is another company's; none of them was written.</exception>
    public async Task AddAsync(Id<Company> companyId, IEnumerable<string> domains, IEnumerable<CompanyExternalId> externalIds, CancellationToken ct)
    {
        var undo = new Stack<(TenantSql Sql, object Row)>();
        try
        {
            foreach (var domain in domains)
            {
                var row = new { CompanyId = companyId, Domain = domain, DomainKey = CompanyReader.KeyOf(domain) };
                await db.ExecuteAsync(InsertDomain, row, ct);
                undo.Push((DeleteDomain, row));
            }
            foreach (var external in externalIds)
            {
                var row = new { CompanyId = companyId, external.Source, ExternalId = external.Id, ExternalKey = CompanyReader.KeyOf(external) };
                await db.ExecuteAsync(InsertExternalId, row, ct);
                undo.Push((DeleteExternalId, row));
            }
        }
        catch (DuplicateKeyException)
        {
            foreach (var (sql, row) in undo) await db.ExecuteAsync(sql, row, ct);
            throw;
        }
    }

    /// <exception cref="DuplicateKeyException">A new one is another company's; nothing was written.</exception>
    public async Task ReplaceAsync(Company before, Company after, CancellationToken ct)
    {
        // An id that changes within its source gives up the old one first, for a company has one in each.
        var (gone, come) = (before.ExternalIds.Except(after.ExternalIds).ToArray(), after.ExternalIds.Except(before.ExternalIds).ToArray());
        foreach (var external in gone) await db.ExecuteAsync(DeleteExternalId, new { CompanyId = before.Id, external.Source }, ct);
        try
        {
            await AddAsync(before.Id, after.Domains.Except(before.Domains), come, ct);
        }
        catch (DuplicateKeyException)
        {
            await AddAsync(before.Id, [], gone, ct);
            throw;
        }
        foreach (var domain in before.Domains.Except(after.Domains)) await db.ExecuteAsync(DeleteDomain, new { CompanyId = before.Id, DomainKey = CompanyReader.KeyOf(domain) }, ct);
    }

    private static readonly TenantSql InsertDomain = TenantSql.Of("""
        INSERT INTO CompanyDomains (TenantId, DomainKey, CompanyId, Domain)
        VALUES (@TenantId, @DomainKey, @CompanyId, @Domain)
        """);

    private static readonly TenantSql DeleteDomain = TenantSql.Of("""
        DELETE FROM CompanyDomains
        WHERE TenantId = @TenantId AND DomainKey = @DomainKey AND CompanyId = @CompanyId
        """);

    private static readonly TenantSql InsertExternalId = TenantSql.Of("""
        INSERT INTO CompanyExternalIds (TenantId, CompanyId, Source, ExternalId, ExternalKey)
        VALUES (@TenantId, @CompanyId, @Source, @ExternalId, @ExternalKey)
        """);

    private static readonly TenantSql DeleteExternalId = TenantSql.Of("""
        DELETE FROM CompanyExternalIds
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId AND Source = @Source
        """);
}
