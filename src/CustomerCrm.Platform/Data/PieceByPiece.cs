namespace CustomerCrm.Platform.Data;

/// <summary>Changes many rows a few at a time, so that no writer waits for all of them. Stopped in the middle, it goes on where it was.</summary>
public static class PieceByPiece
{
    private const int AtOnce = 500;

    /// <param name="db">Of the tenant.</param>
    /// <param name="some">Selects the ids of rows that are to go, in an order that an index has.</param>
    /// <param name="delete">Deletes the row of <c>@Id</c>.</param>
    /// <param name="args">What <paramref name="some"/> asks for.</param>
    /// <param name="ct">Stops it between two pieces.</param>
    public static Task DeleteByPieceAsync(this TenantDb db, TenantSql some, TenantSql delete, object args, CancellationToken ct) =>
        db.ChangeByPieceAsync<byte[]>(some, AtOnce, args, id => db.ExecuteAsync(delete, new { Id = id }, ct), ct);

    /// <summary>Does something to each row, after which it is not selected any more.</summary>
    /// <param name="db">Of the tenant.</param>
    /// <param name="some">Selects what is still to be changed.</param>
    /// <param name="atOnce">How many in one transaction.</param>
    /// <param name="args">What <paramref name="some"/> asks for.</param>
    /// <param name="change">Changes one.</param>
    /// <param name="ct">Stops it between two pieces.</param>
    public static async Task ChangeByPieceAsync<T>(this TenantDb db, TenantSql some, int atOnce, object args, Func<T, Task> change, CancellationToken ct)
    {
        while (await db.QueryTopAsync<T>(some, atOnce, args, ct) is { Count: > 0 } rows)
        {
            await db.InTransactionAsync(async () =>
            {
                foreach (var row in rows) await change(row);
            }, ct);
            if (rows.Count < atOnce) return;
        }
    }
}
