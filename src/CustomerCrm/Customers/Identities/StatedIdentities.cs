using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers.Identities;

/// <summary>Lets what is said of identities that a customer has come true: that they are verified, and which is the primary one.</summary>
internal sealed class StatedIdentities(TenantDb db, PrimaryCopies copies, IdentityWriter writer)
{
    /// <param name="customerId">Whose. Identities that are another customer's, or nobody's, are left alone.</param>
    /// <param name="stated">A flag that is not set says nothing, so nothing becomes untrue but what another primary one replaces.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ConfirmAsync(Id<Customer> customerId, IEnumerable<NewIdentity> stated, CancellationToken ct)
    {
        foreach (var one in stated.Where(i => i.SaysMore))
        {
            if (!IsNews(one, await FindAsync(customerId, one.Identifier, ct))) continue;
            var held = await copies.HoldAsync(customerId, ct);
            // Again: now nobody else writes this customer's.
            if (await FindAsync(customerId, one.Identifier, ct) is { } current && IsNews(one, current))
                await writer.ChangeAsync(held, current, current.IsVerified || one.IsVerified, current.IsPrimary || one.IsStatedPrimary, ct);
        }
    }

    private static bool IsNews(NewIdentity said, Identity? known) =>
        known is not null && ((said.IsVerified && !known.IsVerified) || (said.IsStatedPrimary && !known.IsPrimary));

    private Task<Identity?> FindAsync(Id<Customer> customerId, Identifier of, CancellationToken ct) =>
        db.FindAsync<Identity>(OfCustomer, new { CustomerId = customerId, of.Kind, of.Source, ValueKey = of.KeyBytes }, ct);

    private static readonly TenantSql OfCustomer = TenantSql.Of("""
        SELECT i.Id, i.CustomerId, i.Kind, NULLIF(i.Source, '') AS Source, i.Value, i.IsVerified, i.IsPrimary, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Identities i
        WHERE i.TenantId = @TenantId
          AND i.Kind = @Kind
          AND i.Source = @Source
          AND i.ValueKey = @ValueKey
          AND i.CustomerId = @CustomerId
        """);
}
