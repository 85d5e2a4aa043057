using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.ContactPolicy;

/// <summary>How much may leave on a day, e-mails and the parts of text messages, counted where no two can take the last one: in one row of the database.</summary>
public sealed class SendBudget(TenantDb db)
{
    public async Task<int> SentOnAsync(MessageChannel channel, DateOnly day, CancellationToken ct) =>
        await db.FindAsync<int?>(Sent, new { Channel = channel, Day = day }, ct) ?? 0;

    /// <summary>Takes what one message needs, in the transaction that is open; other senders of this channel wait for its end.</summary>
    /// <returns>False: the limit is reached.</returns>
    public async Task<bool> TryTakeAsync(MessageChannel channel, DateOnly day, int parts, int limit, CancellationToken ct)
    {
        if (limit < parts) return false;
        var row = new { Channel = channel, Day = day, Parts = parts, Limit = limit };
        while (await db.ExecuteAsync(Take, row, ct) == 0)
        {
            if (await db.FindAsync<int?>(Sent, row, ct) is not null) return false;
            try
            {
                await db.ExecuteAsync(Begin, row, ct);
                return true;
            }
            catch (DuplicateKeyException)
            {
                // Another one sent the first of the day meanwhile.
            }
        }
        return true;
    }

    /// <summary>Gives back what was taken for a message that certainly did not leave.</summary>
    public Task GiveBackAsync(MessageChannel channel, DateOnly day, int parts, CancellationToken ct) => db.ExecuteAsync(GiveBack, new { Channel = channel, Day = day, Parts = parts }, ct);

    private static readonly TenantSql Sent = TenantSql.Of("""
        SELECT s.SentCount
        FROM SendCounts s
        WHERE s.TenantId = @TenantId
          AND s.Channel = @Channel
          AND s.Day = @Day
        """);

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE SendCounts
        SET SentCount = SentCount + @Parts
        WHERE TenantId = @TenantId
          AND Channel = @Channel
          AND Day = @Day
          AND SentCount + @Parts <= @Limit
        """);

    private static readonly TenantSql Begin = TenantSql.Of("""
        INSERT INTO SendCounts (TenantId, Channel, Day, SentCount)
        VALUES (@TenantId, @Channel, @Day, @Parts)
        """);

    private static readonly TenantSql GiveBack = TenantSql.Of("""
        UPDATE SendCounts
        SET SentCount = SentCount - @Parts
        WHERE TenantId = @TenantId
          AND Channel = @Channel
          AND Day = @Day
          AND SentCount >= @Parts
        """);
}
