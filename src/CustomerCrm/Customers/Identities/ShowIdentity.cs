using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Customers.Identities;

internal static class ShowIdentity
{
    internal static Task<Identity> Handle([FromRoute(Name = "identity_id")] Id<Identity> identityId, TenantDb db, CancellationToken ct) => FindAsync(identityId, db, ct);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Identity> FindAsync(Id<Identity> identityId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Identity>(ById, new { IdentityId = identityId }, ct) ?? throw ApiProblem.NotFound("identity");

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.Kind, NULLIF(i.Source, '') AS Source, i.Value, i.IsVerified, i.IsPrimary, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Id = @IdentityId
        """);
}
