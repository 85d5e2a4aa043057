using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Companies.Figures;

/// <summary>Look for companies that have lost people who were deleted, and count those anew.</summary>
public sealed record CountCompanies;

/// <summary>Should a deletion have taken something along that nobody saw going. Only companies whose number of people is wrong are written.</summary>
internal sealed class CountCompaniesJob(TenantDb db, CompanyFigures figures) : IJob<CountCompanies>
{
    private const int AtOnce = 500;

    public async Task RunAsync(CountCompanies work, CancellationToken ct)
    {
        var after = new Id<Company>(Guid.Empty);
        while (await db.QueryTopAsync<Row>(Counted, AtOnce, new { After = after }, ct) is { Count: > 0 } companies)
        {
            foreach (var company in companies.Where(c => c.PeopleCount != c.People)) await figures.CountAsync(company.Id, ct);
            after = companies[^1].Id;
        }
    }

    private sealed record Row
    {
        public required Id<Company> Id { get; init; }
        public required int PeopleCount { get; init; }
        public required int People { get; init; }
    }

    private static readonly TenantSql Counted = TenantSql.Of("""
        SELECT c.Id, c.PeopleCount, (SELECT COUNT(*) FROM CompanyPeople p WHERE p.TenantId = @TenantId AND p.CompanyId = c.Id) AS People
        FROM Companies c
        WHERE c.TenantId = @TenantId AND c.Id > @After
        ORDER BY c.Id
        """);
}
