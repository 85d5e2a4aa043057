using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Segments.Membership;

namespace CustomerCrm.Imports.Running;

/// <summary>Takes back what a run wrote, the last row first, so that what two rows changed comes back to what it was before both.</summary>
internal sealed class ImportUndo(TenantDb db, ImportStore imports, ImportRecords records, IEnumerable<IImportTarget> targets, JobQueue jobs, EventLog events, TimeProvider clock)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan turn = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="ImportRun.RunAsync"/>
    public async Task<bool> RunAsync(Import import, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        events.IsQuiet = import.IsQuiet;
        var target = targets.Single(t => t.Resource == import.Resource);
        // While it is undone, its position counts down.
        while (await records.WrittenAsync(import, before: import.Position + 1, AtOnce, ct) is { Count: > 0 } rows)
        {
            if (clock.GetElapsedTime(started) > turn) return false;
            await db.InTransactionAsync(async () =>
            {
                var isTakenBack = await target.TakeBackAsync(rows, ct);
                await records.MarkAsync(import, rows, isTakenBack, ct);
                import = await imports.AdvanceAsync(import, import with { Position = rows[^1].Number - 1, Undo = Plus(import.Undo ?? new UndoTally(), rows, isTakenBack) }, ct);
            }, ct);
        }
        await db.InTransactionAsync(async () =>
        {
            import = await imports.AdvanceAsync(import, import with { Status = ImportStatus.Undone, Undo = import.Undo ?? new UndoTally() }, ct);
            events.Record("import.undone", import);
            await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct); // memberships went with the customers
        }, ct);
        return true;
    }

    private static UndoTally Plus(UndoTally tally, IReadOnlyList<WrittenRow> rows, IReadOnlyList<bool> isTakenBack)
    {
        foreach (var (row, isDone) in rows.Zip(isTakenBack))
            tally = !isDone ? tally with { Kept = tally.Kept + 1 }
                : row.Outcome == ImportOutcome.Create ? tally with { Removed = tally.Removed + 1 } : tally with { Restored = tally.Restored + 1 };
        return tally;
    }
}
