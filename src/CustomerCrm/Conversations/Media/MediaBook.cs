using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.ProviderCallbacks.Inbound;

namespace CustomerCrm.Conversations.Media;

/// <summary>Remembers which files of messages are still to be fetched, and queues that: in the transaction in which the message is taken.</summary>
internal sealed class MediaBook(TenantDb db, JobQueue jobs, TimeProvider clock)
{
    public async Task ExpectAsync(ConversationEntry entry, IReadOnlyList<InboundMedia> media, CancellationToken ct)
    {
        foreach (var (index, one) in media.Index())
        {
            await db.ExecuteAsync(Insert, new { entry.ConversationId, EntryId = entry.Id, Position = index + 1, one.Url, one.MediaType, Now = clock.GetUtcNow() }, ct);
            await jobs.EnqueueAsync(new FetchMedia(entry.Id, index + 1), ct);
        }
    }

    /// <summary>Those of each of the entries that are not here.</summary>
    public async Task<ILookup<Guid, EntryMedia>> OfAsync(IReadOnlyCollection<byte[]> entryIds, CancellationToken ct) =>
        (entryIds.Count == 0 ? [] : await db.QueryAsync<EntryMedia>(EntryMedia.Matching.And(Condition.In("m.EntryId", entryIds)).Then("AND m.State <> 2 ORDER BY m.Position"), null, ct)).ToLookup(m => new Guid(m.EntryId, bigEndian: true));

    public Task<EntryMedia?> FindAsync(Id<ConversationEntry> entryId, int position, CancellationToken ct) => db.FindAsync<EntryMedia>(One, new { EntryId = entryId, Position = position }, ct);

    /// <summary>How an attempt ended.</summary>
    /// <returns>False: its entry is gone, or was redacted.</returns>
    public async Task<bool> EndAsync(EntryMedia media, MediaState state, string? reason, CancellationToken ct)
    {
        var isThere = await db.ExecuteAsync(End, new { media.EntryId, media.Position, State = state, Reason = reason, Now = clock.GetUtcNow() }, ct) > 0;
        if (isThere) await db.ExecuteAsync(Touch, new { media.EntryId }, ct);
        return isThere;
    }

    /// <summary>What an entry said is gone, and with it where its files are.</summary>
    public Task ForgetAsync(Id<ConversationEntry> entryId, CancellationToken ct) => db.ExecuteAsync(Forget, new { EntryId = entryId }, ct);

    private static readonly TenantSql One = EntryMedia.Matching.Then("AND m.EntryId = @EntryId AND m.Position = @Position");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ConversationMedia (TenantId, ConversationId, EntryId, Position, Url, MediaType, State, Attempts, UpdatedAt)
        VALUES (@TenantId, @ConversationId, @EntryId, @Position, @Url, @MediaType, 1, 0, @Now)
        """);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE ConversationMedia
        SET State = @State, Reason = @Reason, Attempts = Attempts + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND EntryId = @EntryId
          AND Position = @Position
          AND State = 1
        """);

    // Whoever follows the conversation looks again.
    private static readonly TenantSql Touch = TenantSql.Of("""
        UPDATE Conversations
        SET Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = (SELECT e.ConversationId FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.Id = @EntryId)
        """);

    private static readonly TenantSql Forget = TenantSql.Of("DELETE FROM ConversationMedia WHERE TenantId = @TenantId AND EntryId = @EntryId");
}
