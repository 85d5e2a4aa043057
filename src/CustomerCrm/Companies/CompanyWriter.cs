using CustomerCrm.Companies.People;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Companies;

/// <summary>Writes companies and what goes with them: domains, external ids, fields of the tenant's own, the words the search finds, history, events.</summary>
internal sealed class CompanyWriter(
    TenantDb db, CompanyOwners owners, CompanyKeys keys, PeopleWriter people, CustomFieldReader fieldReader, CustomFieldWriter fieldWriter, FieldHistory history, RecordBin bin, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">409: a domain or an external id is somebody's. Then nothing is left of the attempt.</exception>
    public async Task<Company> AddAsync(CompanyProfile profile, CompanyIdentities identities, CancellationToken ct)
    {
        if (!profile.Name.IsSet) throw ApiProblem.Invalid("/name", "required", "A new company needs a name.");
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Companies, profile.CustomFields, CustomFieldValues.None, "", ct);
        if (await owners.FindAsync(identities, ct) is [var owned, ..]) throw CompanyOwners.Conflict(owned);

        var now = clock.GetUtcNow();
        var company = profile.ApplyTo(new Company { Id = Id<Company>.New(), Name = "", Revision = 1, CreatedAt = now, UpdatedAt = now }, identities, fields);
        await db.ExecuteAsync(Insert, RowOf(company), ct);
        try
        {
            await keys.AddAsync(company.Id, company.Domains, company.ExternalIds, ct);
        }
        catch (DuplicateKeyException) // the transaction may go on with other things, so the attempt is taken back here
        {
            await db.ExecuteAsync(Delete, new { CompanyId = company.Id }, ct);
            throw Meanwhile();
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Companies, company.Id.Value, CustomFieldValues.None, fields, ct);
        await WriteWordsAsync(company, ct);
        events.Record("company.created", company);
        return company;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">409: a domain or an external id is another company's. 412: somebody else changed it since it was read.</exception>
    public async Task<Company> ChangeAsync(Company current, CompanyProfile profile, CompanyIdentities identities, CancellationToken ct)
    {
        var fields = await fieldReader.ReadAsync(CustomFieldResource.Companies, profile.CustomFields, current.CustomFields, "", ct);
        var wanted = profile.ApplyTo(current, identities, fields);
        if (Company.SaySame(wanted, current)) return current;
        if ((await owners.FindAsync(identities, ct)).FirstOrDefault(o => o.CompanyId != current.Id) is { } owned) throw CompanyOwners.Conflict(owned);

        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        try
        {
            await keys.ReplaceAsync(current, changed, ct);
        }
        catch (DuplicateKeyException)
        {
            await db.ExecuteAsync(Update, RowOf(current with { Revision = changed.Revision + 1 }), ct);
            throw Meanwhile();
        }
        await fieldWriter.WriteAsync(CustomFieldResource.Companies, changed.Id.Value, current.CustomFields, fields, ct);
        if (changed.Name != current.Name)
        {
            await db.ExecuteAsync(DeleteWords, new { CompanyId = current.Id }, ct);
            await WriteWordsAsync(changed, ct);
        }
        await history.RecordAsync(changed.Id, null, changed.Revision, current, changed, ct);
        events.Record("company.updated", changed);
        return changed;
    }

    /// <summary>Into the bin, with its notes and with who belongs to it. Those stay customers, and have another company as their primary one if they are in any.</summary>
    public async Task RemoveAsync(Company company, CancellationToken ct)
    {
        await people.YieldAllAsync(company.Id, ct);
        await bin.PutAsync(CompanyRecord.RecordKind, company.Id, company.Revision, customerId: null, company.Name, ct);
        events.Record("company.deleted", company);
    }

    private static ApiProblem Meanwhile() => ApiProblem.Conflict("changed_meanwhile", "Somebody else is writing the same company. Nothing was changed; try again.");

    private Task WriteWordsAsync(Company company, CancellationToken ct) =>
        db.ExecuteEachAsync(InsertWord, NameKey.Keys(company.Name).Select(word => new { Word = word, CompanyId = company.Id }), ct);

    private static object RowOf(Company c) => new
    {
        c.Id, c.Name, NameKey = NameKey.Of(c.Name), c.Industry, c.Employees, c.Phone, c.Website, c.TaxNumber, c.Country, c.Region, c.City,
        c.PostalCode, c.Address, c.Description, c.Revision, c.CreatedAt, c.UpdatedAt,
    };

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Companies (TenantId, Id, Name, NameKey, Industry, Employees, Phone, Website, TaxNumber, Country, Region, City, PostalCode,
            Address, Description, PeopleCount, OrderCount, SpendMinor, LeftOutCount, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Industry, @Employees, @Phone, @Website, @TaxNumber, @Country, @Region, @City, @PostalCode,
            @Address, @Description, 0, 0, 0, 0, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Companies
        SET Name = @Name, NameKey = @NameKey, Industry = @Industry, Employees = @Employees, Phone = @Phone, Website = @Website,
            TaxNumber = @TaxNumber, Country = @Country, Region = @Region, City = @City, PostalCode = @PostalCode, Address = @Address,
            Description = @Description, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Companies WHERE TenantId = @TenantId AND Id = @CompanyId");

    private static readonly TenantSql InsertWord = TenantSql.Of("INSERT INTO CompanyWords (TenantId, Word, CompanyId) VALUES (@TenantId, @Word, @CompanyId)");

    private static readonly TenantSql DeleteWords = TenantSql.Of("DELETE FROM CompanyWords WHERE TenantId = @TenantId AND CompanyId = @CompanyId");
}
