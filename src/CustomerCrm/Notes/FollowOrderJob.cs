using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Notes;

/// <summary>Notes of an order that is another customer's now stand in that one's timeline; those of an order that is gone are deleted.</summary>
internal sealed class FollowOrderJob(TenantDb db) : IJob<FollowOrder>
{
    public Task RunAsync(FollowOrder work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await db.FindAsync<Id<Customer>?>(CustomerOf, work, ct) is { } customerId) await db.ExecuteAsync(Move, new { work.OrderId, CustomerId = customerId }, ct);
        else await db.ExecuteAsync(Delete, work, ct);
    }, ct);

    private static readonly TenantSql CustomerOf = TenantSql.Of("SELECT o.CustomerId FROM Orders o WHERE o.TenantId = @TenantId AND o.Id = @OrderId");

    // The customer is among what a note shows: so its revision goes along.
    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE Notes
        SET CustomerId = @CustomerId, Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND OrderId = @OrderId
          AND CustomerId <> @CustomerId
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Notes
        WHERE TenantId = @TenantId
          AND OrderId = @OrderId
        """);
}
