using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Companies.Figures;

/// <summary>
/// Keeps what the orders of a company's people come to. Whoever changes a customer's figures calls this in the same
/// transaction; the counting itself is a job, since a company may have thousands of people, and many orders ask for one count.
/// </summary>
internal sealed class CompanyFigures(TenantDb db, JobQueue jobs)
{
    /// <summary>A customer's orders have changed.</summary>
    public async Task OrderedAsync(Id<Customer> customerId, CancellationToken ct)
    {
        if (await db.FindAsync<Id<Company>?>(PrimaryOf, new { CustomerId = customerId }, ct) is { } companyId) await CountSoonAsync(companyId, ct);
    }

    public Task CountSoonAsync(Id<Company> companyId, CancellationToken ct) => jobs.EnqueueOnceAsync(new CountCompany(companyId), companyId.ToString(), ct);

    /// <summary>Sums anew what the company's people have ordered, and moves its revision if that is different.</summary>
    public Task CountAsync(Id<Company> companyId, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        // On SQL Server the second of two who count waits here, and then sees all that the first one saw.
        if (await db.ExecuteAsync(Lock, new { CompanyId = companyId }, ct) > 0) await db.ExecuteAsync(Count, new { CompanyId = companyId, Never = DateTimeOffset.UnixEpoch }, ct);
    }, ct);

    private static readonly TenantSql PrimaryOf = TenantSql.Of("""
        SELECT p.CompanyId
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CustomerId = @CustomerId AND p.IsPrimary = 1
        """);

    private static readonly TenantSql Lock = TenantSql.Of("""
        UPDATE Companies
        SET PeopleCount = PeopleCount
        WHERE TenantId = @TenantId AND Id = @CompanyId
        """);

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE Companies
        SET PeopleCount = s.PeopleCount, OrderCount = s.OrderCount, SpendMinor = s.SpendMinor, LeftOutCount = s.LeftOutCount,
            FirstOrderAt = s.FirstOrderAt, LastOrderAt = s.LastOrderAt, Revision = Companies.Revision + 1
        FROM (SELECT COUNT(*) AS PeopleCount, COALESCE(SUM(f.OrderCount), 0) AS OrderCount, COALESCE(SUM(f.SpendMinor), 0) AS SpendMinor,
                     COALESCE(SUM(f.LeftOutCount), 0) AS LeftOutCount, MIN(f.FirstOrderAt) AS FirstOrderAt, MAX(f.LastOrderAt) AS LastOrderAt
              FROM CompanyPeople p
              LEFT JOIN CustomerFigures f ON f.TenantId = p.TenantId AND f.CustomerId = p.CustomerId AND p.IsPrimary = 1
              WHERE p.TenantId = @TenantId AND p.CompanyId = @CompanyId) s
        WHERE Companies.TenantId = @TenantId AND Companies.Id = @CompanyId
          AND (Companies.PeopleCount <> s.PeopleCount OR Companies.OrderCount <> s.OrderCount OR Companies.SpendMinor <> s.SpendMinor
            OR Companies.LeftOutCount <> s.LeftOutCount
            OR COALESCE(Companies.FirstOrderAt, @Never) <> COALESCE(s.FirstOrderAt, @Never)
            OR COALESCE(Companies.LastOrderAt, @Never) <> COALESCE(s.LastOrderAt, @Never))
        """);
}
