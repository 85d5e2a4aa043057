namespace CustomerCrm.Platform.Data;

/// <summary>Deletes many rows a few at a time, so that no writer waits for all of them. Stopped in the middle, it goes on where it was.</summary>
public static class PieceByPiece
{
    private const int AtOnce = 500;

    /// <param name="db">Of the tenant.</param>
    /// <param name="some">Selects the ids of rows that are to go, in an order that an index has.</param>
    /// <param name="delete">Deletes the row of <c>@Id</c>.</param>
    /// <param name="args">What <paramref name="some"/> asks for.</param>
    /// <param name="ct">Stops it between two pieces.</param>
    public static async Task DeleteByPieceAsync(this TenantDb db, TenantSql some, TenantSql delete, object args, CancellationToken ct)
    {
        while (await db.QueryTopAsync<byte[]>(some, AtOnce, args, ct) is { Count: > 0 } ids)
            await db.InTransactionAsync(() => db.ExecuteEachAsync(delete, ids.Select(id => new { Id = id }), ct), ct);
    }
}
