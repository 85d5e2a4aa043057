using CustomerCrm.Companies.Figures;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Companies.People;

/// <summary>A customer goes into the bin, or is back from it: their companies count without them, or with them again, and exactly one of those is the primary one.</summary>
internal sealed class BinnedPerson(TenantDb db, PeopleWriter people, CompanyFigures figures) : ILeaving, IRestored
{
    public string Kind => CustomerRecord.Kind.Name;

    public async Task LeaveAsync(Guid recordId, CancellationToken ct)
    {
        foreach (var place in await PlacesAsync(recordId, ct)) await figures.CountSoonAsync(place.CompanyId, ct);
    }

    /// <summary>The company that was the primary one may be gone: then the oldest of the others is.</summary>
    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var places = await PlacesAsync(recordId, ct);
        if (places is [var oldest, ..] && !places.Any(place => place.IsPrimary))
            await people.PutAsync(oldest.CompanyId, oldest.CustomerId, oldest.Role, makesPrimary: true, ifMatch: null, ct);
        foreach (var place in places) await figures.CountSoonAsync(place.CompanyId, ct);
    }

    private Task<IReadOnlyList<CompanyPerson>> PlacesAsync(Guid customerId, CancellationToken ct) =>
        db.QueryAsync<CompanyPerson>(OfCustomer, new { CustomerId = new Id<Customer>(customerId) }, ct);

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT p.CompanyId, p.CustomerId, p.Role, p.IsPrimary, p.Revision, p.CreatedAt, p.UpdatedAt
        FROM CompanyPeople p
        WHERE p.TenantId = @TenantId AND p.CustomerId = @CustomerId
        ORDER BY p.CreatedAt, p.CompanyId
        """);
}
