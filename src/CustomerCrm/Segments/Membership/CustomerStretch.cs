using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments.Membership;

/// <summary>Cuts the customers, in the order of their ids, into stretches of some thousands.</summary>
internal static class CustomerStretch
{
    /// <summary>Below every id.</summary>
    public static readonly Id<Customer> Before = Id<Customer>.FromBytes(new byte[16]);

    /// <summary>Above every id: the end of the last stretch, which takes in whoever is created meanwhile.</summary>
    public static readonly Id<Customer> Last = Id<Customer>.FromBytes([.. Enumerable.Repeat(byte.MaxValue, 16)]);

    /// <returns>The last id of the stretch that begins behind <paramref name="after"/>.</returns>
    public static async Task<Id<Customer>> EndAsync(TenantDb db, Id<Customer> after, int length, CancellationToken ct) =>
        await db.QueryAsync<Id<Customer>>(End, new { After = after, Skip = length - 1 }, ct) is [var end] ? end : Last;

    private static readonly TenantSql End = TenantSql.Of(
        sqlServer: """
            SELECT c.Id
            FROM Customers c
            WHERE c.TenantId = @TenantId
              AND c.Id > @After
            ORDER BY c.Id
            OFFSET @Skip ROWS FETCH NEXT 1 ROWS ONLY
            """,
        sqlite: """
            SELECT c.Id
            FROM Customers c
            WHERE c.TenantId = @TenantId
              AND c.Id > @After
            ORDER BY c.Id
            LIMIT 1 OFFSET @Skip
            """);
}
