using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Attachments;

/// <summary>Remove files that belong to nothing any more.</summary>
public sealed record SweepAttachments;

/// <summary>
/// Files that nobody used within a day, that were erased, or whose customer or conversation was purged. Those of one in the bin stay, since they can
/// come back. First the file, then the note of it: a crash between leaves work for the next time.
/// </summary>
internal sealed class SweepAttachmentsJob(TenantDb db, IFileStore files, TimeProvider clock) : IJob<SweepAttachments>
{
    public static readonly TimeSpan UnusedFor = TimeSpan.FromDays(1);
    private const int AtOnce = 200;

    public async Task RunAsync(SweepAttachments work, CancellationToken ct)
    {
        await db.ExecuteAsync(DeleteUnused, new { Before = clock.GetUtcNow() - UnusedFor }, ct);
        IReadOnlyList<Id<Attachment>> gone;
        do
        {
            gone = await db.QueryTopAsync<Id<Attachment>>(Gone, AtOnce, null, ct);
            foreach (var id in gone)
            {
                files.Remove(Attachment.StoredName(id));
                await db.ExecuteAsync(Forget, new { Id = id }, ct);
            }
        }
        while (gone.Count == AtOnce);
    }

    private static readonly TenantSql DeleteUnused = TenantSql.Of("""
        DELETE FROM Attachments
        WHERE TenantId = @TenantId
          AND EntryId IS NULL
          AND CreatedAt < @Before
        """);

    private static readonly TenantSql Gone = TenantSql.Of("""
        SELECT f.AttachmentId
        FROM AttachmentFiles f
        WHERE f.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM Attachments a WHERE a.TenantId = @TenantId AND a.Id = f.AttachmentId AND a.ErasedAt IS NULL)
          AND (f.CustomerKey IS NULL
               OR EXISTS (SELECT 1 FROM Attachments e WHERE e.TenantId = @TenantId AND e.Id = f.AttachmentId)
               OR NOT EXISTS (SELECT 1 FROM RemovedRecords r WHERE r.TenantId = @TenantId AND r.CustomerKey = f.CustomerKey
                                AND (r.Kind = 'customer' OR (r.Kind = 'conversation' AND r.RecordKey = f.ConversationKey))))
        ORDER BY f.AttachmentId
        """);

    private static readonly TenantSql Forget = TenantSql.Of("DELETE FROM AttachmentFiles WHERE TenantId = @TenantId AND AttachmentId = @Id");
}

/// <summary>Hears that a customer or a conversation was purged: the files go at once and not in the night.</summary>
internal sealed class AttachmentConsumer(JobQueue jobs) : IEventConsumer
{
    public string Name => "attachments";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(IsPurge));

    private static bool IsPurge(EventRow e) => e.Type is "customer.purged" or "conversation.purged";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        if (events.Any(IsPurge)) await jobs.EnqueueOnceAsync(new SweepAttachments(), "all", ct);
    }
}
