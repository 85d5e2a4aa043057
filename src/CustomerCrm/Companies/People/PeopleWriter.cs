using CustomerCrm.Companies.Figures;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Companies.People;

/// <summary>Puts customers into companies and takes them out, and sees to it that whoever is in one has exactly one primary company.</summary>
internal sealed class PeopleWriter(TenantDb db, CompanyFigures figures, EventLog events, TimeProvider clock)
{
    public Task<CompanyPerson?> FindAsync(Id<Company> companyId, Id<Customer> customerId, CancellationToken ct) =>
        db.FindAsync<CompanyPerson>(One, new { CompanyId = companyId, CustomerId = customerId }, ct);

    /// <param name="companyId">A company that is there.</param>
    /// <param name="customerId">Who.</param>
    /// <param name="role">What they do there from now on.</param>
    /// <param name="makesPrimary">False leaves it as it is; the first company is the primary one anyway.</param>
    /// <param name="ifMatch">What the caller believes is there.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">404: there is no such customer. Then nothing was written.</exception>
    public async Task<(bool IsNew, CompanyPerson Person)> PutAsync(
        Id<Company> companyId, Id<Customer> customerId, string? role, bool makesPrimary, IfMatch? ifMatch, CancellationToken ct)
    {
        await HoldAsync(customerId, ct);
        var current = await FindAsync(companyId, customerId, ct);
        ifMatch?.Check(current?.Revision ?? 0);
        var primary = await db.FindAsync<Id<Company>?>(Primary, new { CustomerId = customerId }, ct);
        var becomesPrimary = primary is null || (makesPrimary && primary != companyId);
        if (current is not null && current.Role == role && !becomesPrimary) return (false, current);

        var now = clock.GetUtcNow();
        var row = new { CompanyId = companyId, CustomerId = customerId, Role = role, Now = now };
        try
        {
            if (current is null && await db.ExecuteAsync(Insert, row, ct) == 0) throw ApiProblem.NotFound("customer");
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("changed_meanwhile", "Somebody else is adding the same person. Nothing was changed; try again.");
        }
        if (becomesPrimary) await MakePrimaryAsync(companyId, customerId, primary, now, ct);
        await db.ExecuteAsync(ChangeRole, row, ct);
        await figures.CountSoonAsync(companyId, ct);

        var person = (await FindAsync(companyId, customerId, ct))!;
        events.Record(current is null ? "company.person_added" : "company.person_changed", person, customerId.Value);
        return (current is null, person);
    }

    public async Task RemoveAsync(CompanyPerson person, CancellationToken ct)
    {
        await HoldAsync(person.CustomerId, ct);
        await db.ExecuteAsync(Delete, new { person.CompanyId, person.CustomerId }, ct);
        if (person.IsPrimary && await OldestAsync(person, ct) is { } heir) await PutAsync(heir.CompanyId, heir.CustomerId, heir.Role, makesPrimary: true, ifMatch: null, ct);
        await figures.CountSoonAsync(person.CompanyId, ct);
        events.Record("company.person_removed", person, person.CustomerId.Value);
    }

    /// <summary>Before a company goes: those who are in another one too get that one as their primary company. The deletion takes everyone along.</summary>
    public async Task YieldAllAsync(Id<Company> companyId, CancellationToken ct)
    {
        foreach (var customerId in await db.QueryAsync<Id<Customer>>(WithAnother, new { CompanyId = companyId }, ct))
            if (await FindAsync(companyId, customerId, ct) is { } person && await OldestAsync(person, ct) is { } heir)
                await PutAsync(heir.CompanyId, heir.CustomerId, heir.Role, makesPrimary: true, ifMatch: null, ct);
    }

    /// <summary>A company is back: whoever is in it, and in no other one by now, has it as the primary one.</summary>
    public async Task ReturnAllAsync(Id<Company> companyId, CancellationToken ct)
    {
        await db.ExecuteAsync(PromoteAll, new { CompanyId = companyId, Now = clock.GetUtcNow() }, ct);
        await figures.CountSoonAsync(companyId, ct);
    }

    private Task<int> HoldAsync(Id<Customer> customerId, CancellationToken ct) => db.ExecuteAsync(Hold, new { CustomerId = customerId }, ct);

    private async Task<CompanyPerson?> OldestAsync(CompanyPerson person, CancellationToken ct) =>
        await db.QueryTopAsync<Id<Company>>(Others, 1, new { person.CompanyId, person.CustomerId }, ct) is [var oldest] ? await FindAsync(oldest, person.CustomerId, ct) : null;

    private async Task MakePrimaryAsync(Id<Company> companyId, Id<Customer> customerId, Id<Company>? insteadOf, DateTimeOffset now, CancellationToken ct)
    {
        if (insteadOf is { } former)
        {
            await db.ExecuteAsync(Demote, new { CompanyId = former, CustomerId = customerId, Now = now }, ct);
            await figures.CountSoonAsync(former, ct);
            events.Record("company.person_changed", (await FindAsync(former, customerId, ct))!, customerId.Value);
        }
        try
        {
            await db.ExecuteAsync(Promote, new { CompanyId = companyId, CustomerId = customerId, Now = now }, ct);
        }
        catch (DuplicateKeyException)
        {
            // Somebody has made another company the primary one meanwhile: that is the later word.
        }
    }

    // On SQL Server, two who change where one customer belongs go one after the other: else both might leave no primary company.
    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE CompanyPeople
        SET IsPrimary = IsPrimary
        WHERE TenantId = @TenantId AND CustomerId = @CustomerId
        """);

    private static readonly TenantSql One = TenantSql.Of("""
        SELECT p.CompanyId, p.CustomerId, p.Role, p.IsPrimary, p.Revision, p.CreatedAt, p.UpdatedAt
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CompanyId = @CompanyId AND p.CustomerId = @CustomerId
        """);

    private static readonly TenantSql Primary = TenantSql.Of("""
        SELECT p.CompanyId
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CustomerId = @CustomerId AND p.IsPrimary = 1
        """);

    private static readonly TenantSql Others = TenantSql.Of("""
        SELECT p.CompanyId
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CustomerId = @CustomerId AND p.CompanyId <> @CompanyId
        ORDER BY p.CreatedAt, p.CompanyId
        """);

    private static readonly TenantSql WithAnother = TenantSql.Of("""
        SELECT p.CustomerId
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CompanyId = @CompanyId AND p.IsPrimary = 1
          AND EXISTS (SELECT 1 FROM CompanyPeople o WHERE o.TenantId = @TenantId AND o.CustomerId = p.CustomerId AND o.IsPrimary = 0)
        """);

    // Selecting from Customers makes another tenant's customer insert nothing. Its first revision is written right after.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CompanyPeople (TenantId, CompanyId, CustomerId, Role, IsPrimary, Revision, CreatedAt, UpdatedAt)
        SELECT c.TenantId, @CompanyId, c.Id, CAST(@Role AS NVARCHAR(100)), 0, 0, @Now, @Now
        FROM Customers c
        WHERE c.TenantId = @TenantId AND c.Id = @CustomerId
        """);

    private static readonly TenantSql ChangeRole = TenantSql.Of("""
        UPDATE CompanyPeople
        SET Role = @Role, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId AND CustomerId = @CustomerId
        """);

    private static readonly TenantSql Demote = TenantSql.Of("""
        UPDATE CompanyPeople
        SET IsPrimary = 0, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId AND CustomerId = @CustomerId
        """);

    private static readonly TenantSql Promote = TenantSql.Of("""
        UPDATE CompanyPeople
        SET IsPrimary = 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId AND CustomerId = @CustomerId
        """);

    private static readonly TenantSql PromoteAll = TenantSql.Of("""
        UPDATE CompanyPeople
        SET IsPrimary = 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId
          AND NOT EXISTS (SELECT 1 FROM CompanyPeople o WHERE o.TenantId = @TenantId AND o.CustomerId = CompanyPeople.CustomerId AND o.IsPrimary = 1)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM CompanyPeople
        WHERE TenantId = @TenantId AND CompanyId = @CompanyId AND CustomerId = @CustomerId
        """);
}
