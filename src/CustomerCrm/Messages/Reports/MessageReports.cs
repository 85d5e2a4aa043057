using CustomerCrm.Messages.Reports;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Messages;

/// <summary>Takes what providers say of messages: twice is once, and the order does not matter.</summary>
public sealed class MessageReports
{
    private readonly TenantDb db;
    private readonly MessageBook book;
    private readonly TimeProvider clock;

    internal MessageReports(TenantDb db, MessageBook book, TimeProvider clock) => (this.db, this.book, this.clock) = (db, book, clock);

    /// <returns>False: there is no such message, or it was never tried.</returns>
    public async Task<bool> ReportAsync(MessageReport report, CancellationToken ct)
    {
        var isKnown = false;
        await db.InTransactionAsync(async () => isKnown = await TakeAsync(report, ct), ct);
        return isKnown;
    }

    private async Task<bool> TakeAsync(MessageReport report, CancellationToken ct)
    {
        if (await FindAsync(report, ct) is not { } id) return false;
        try
        {
            await db.ExecuteAsync(Insert, new
            {
                Id = Id<Report>.New(), MessageId = id, report.Kind, report.IsPermanent, report.Code, report.OccurredAt, ReceivedAt = clock.GetUtcNow(),
            }, ct);
        }
        catch (DuplicateKeyException)
        {
            return true; // told before
        }
        while (await db.FindAsync<Message>(Message.ById, new { MessageId = id }, ct) is { } current)
        {
            var state = MessageLife.After(current.State, report.Kind, report.IsPermanent);
            var isTold = current.ProviderMessageId is null && report.ProviderMessageId is not null;
            if (state == current.State && !isTold) break;
            var wanted = current with
            {
                State = state,
                Code = state == current.State ? current.Code : state is MessageState.Failed or MessageState.Bounced ? report.Code : null,
                Provider = current.Provider ?? report.Provider,
                ProviderMessageId = current.ProviderMessageId ?? report.ProviderMessageId,
                SentAt = current.SentAt ?? (state >= MessageState.Sent ? report.OccurredAt : null),
            };
            if (await book.MoveAsync(current, wanted, ct) is not null) break;
        }
        return true;
    }

    private async Task<Id<Message>?> FindAsync(MessageReport report, CancellationToken ct)
    {
        if (report.MessageId is { } id) return await db.FindAsync<Id<Message>?>(Tried, new { MessageId = id }, ct);
        if (report.ProviderMessageId is not { } theirs) return null;
        var found = await db.QueryTopAsync<Id<Message>>(ByProvider, 1, new { report.Provider, ProviderMessageId = theirs }, ct);
        return found is [var one] ? one : null;
    }

    private sealed record Report : IHasId
    {
        public static string Prefix => "mrp";
    }

    private static readonly TenantSql Tried = TenantSql.Of("""
        SELECT m.Id
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.Id = @MessageId
          AND EXISTS (SELECT 1 FROM MessageAttempts a WHERE a.TenantId = m.TenantId AND a.MessageId = m.Id)
        """);

    private static readonly TenantSql ByProvider = TenantSql.Of("""
        SELECT m.Id
        FROM Messages m
        WHERE m.TenantId = @TenantId
          AND m.ProviderMessageId = @ProviderMessageId
          AND (@Provider IS NULL OR m.Provider = @Provider)
        ORDER BY m.CreatedAt DESC, m.Id
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO MessageReports (TenantId, Id, MessageId, Kind, IsPermanent, Code, OccurredAt, ReceivedAt)
        VALUES (@TenantId, @Id, @MessageId, @Kind, @IsPermanent, @Code, @OccurredAt, @ReceivedAt)
        """);
}
