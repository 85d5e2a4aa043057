using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Attachments;

/// <summary>Takes the files of an entry away for good: their names at once, the files right after the commit.</summary>
internal sealed class AttachmentEraser(TenantDb db, JobQueue jobs, TimeProvider clock)
{
    public async Task EraseAsync(byte[] entryId, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Erase, new { EntryId = entryId, Now = clock.GetUtcNow() }, ct) > 0) await jobs.EnqueueOnceAsync(new SweepAttachments(), "all", ct);
    }

    private static readonly TenantSql Erase = TenantSql.Of("""
        UPDATE Attachments
        SET ErasedAt = @Now, FileName = 'erased'
        WHERE TenantId = @TenantId
          AND EntryId = @EntryId
          AND ErasedAt IS NULL
        """);
}
