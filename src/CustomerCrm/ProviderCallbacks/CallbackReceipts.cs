using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.ProviderCallbacks;

/// <summary>Remembers what was told, so that a provider may tell it again.</summary>
internal sealed class CallbackReceipts(TenantDb db, TimeProvider clock)
{
    /// <summary>Whether it was told before: for what is costly and need not be done then.</summary>
    public async Task<bool> IsKnownAsync(string what, CancellationToken ct) => await db.FindAsync<int?>(Known, new { ReceiptKey = SHA256.HashData(Encoding.UTF8.GetBytes(what)) }, ct) is not null;

    /// <param name="what">What the provider calls it: <c>twilio:SM…:delivered</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False: it was told before.</returns>
    public async Task<bool> IsNewAsync(string what, CancellationToken ct)
    {
        try
        {
            return await db.ExecuteAsync(Insert, new { ReceiptKey = SHA256.HashData(Encoding.UTF8.GetBytes(what)), Now = clock.GetUtcNow() }, ct) == 1;
        }
        catch (DuplicateKeyException)
        {
            return false; // it is being told twice at this moment
        }
    }

    private static readonly TenantSql Known = TenantSql.Of("SELECT 1 FROM CallbackReceipts r WHERE r.TenantId = @TenantId AND r.ReceiptKey = @ReceiptKey");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CallbackReceipts (TenantId, ReceiptKey, ReceivedAt)
        SELECT t.TenantId, @ReceiptKey, @Now
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM CallbackReceipts r WHERE r.TenantId = @TenantId AND r.ReceiptKey = @ReceiptKey)
        """);
}

internal sealed record PruneCallbacks;

/// <summary>Providers repeat themselves for days, not for weeks.</summary>
internal sealed class PruneCallbacksJob(TenantDb db, TimeProvider clock) : IJob<PruneCallbacks>
{
    private static readonly TimeSpan kept = TimeSpan.FromDays(30);

    public Task RunAsync(PruneCallbacks work, CancellationToken ct) => db.ExecuteAsync(Delete, new { Before = clock.GetUtcNow() - kept }, ct);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM CallbackReceipts WHERE TenantId = @TenantId AND ReceivedAt < @Before");
}
