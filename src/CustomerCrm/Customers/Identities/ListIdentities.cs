using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

/// <summary>GET /v1/customers/{customer_id}/identities</summary>
internal static class ListIdentities
{
    internal static async Task<Page<Identity>> Handle([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        var page = await List.ReadAsync(query, db, new { CustomerId = customerId }, ct);
        if (page.Data.Count == 0) await ShowCustomer.FindAsync(customerId, db, ct); // none, or nobody's?
        return page;
    }

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.Kind, NULLIF(i.Source, '') AS Source, i.Value, i.IsVerified, i.IsPrimary, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
        """);

    internal static readonly ListOf<Identity> List = ListOf<Identity>
        .From(Matching, "i.Id", identity => identity.Id.ToBytes())
        .SortedBy("created_at", "i.CreatedAt", identity => identity.CreatedAt)
        .FilteredBy("kind", "i.Kind", FilterType.OneOf<IdentityKind>(), Operators.Equal | Operators.In)
        .FilteredBy("is_verified", "i.IsVerified", FilterType.Boolean, Operators.Equal)
        .FilteredBy("is_primary", "i.IsPrimary", FilterType.Boolean, Operators.Equal);
}
