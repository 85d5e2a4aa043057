using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets;

/// <summary>Gives tickets their numbers. On SQL Server whoever takes one holds the tenant's row until the commit, so it is taken last, just before the ticket is written.</summary>
internal sealed class TicketNumbers(TenantDb db)
{
    public async Task<int> NextAsync(CancellationToken ct)
    {
        if (await db.ExecuteAsync(Advance, null, ct) == 0)
        {
            try
            {
                await db.ExecuteAsync(Begin, null, ct);
            }
            catch (DuplicateKeyException)
            {
                // the tenant's first ticket, and somebody was faster
            }
            await db.ExecuteAsync(Advance, null, ct);
        }
        return await db.FindAsync<int>(Last, null, ct);
    }

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE TicketNumbers
        SET LastNumber = LastNumber + 1
        WHERE TenantId = @TenantId
        """);

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO TicketNumbers (TenantId, LastNumber) VALUES (@TenantId, 0)");

    private static readonly TenantSql Last = TenantSql.Of("SELECT n.LastNumber FROM TicketNumbers n WHERE n.TenantId = @TenantId");
}
