using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Membership;

namespace CustomerCrm.Imports.Running;

/// <summary>Takes back what a run wrote, the last row first, so that what two rows changed comes back to what it was before both.</summary>
internal sealed class ImportUndo(TenantDb db, ImportStore imports, ImportRecords records, IEnumerable<IImportTarget> targets, MadeCustomers made, JobQueue jobs, EventLog events, TimeProvider clock)
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
            try
            {
                import = await TakeBackAsync(import, rows, target.TakeBackAsync, ct);
            }
            catch (ApiProblem refused) when (IsOfRow(refused))
            {
                foreach (var row in rows) import = await TakeBackOneAsync(import, row, target, ct);
            }
        }
        await db.InTransactionAsync(async () =>
        {
            import = await imports.AdvanceAsync(import, import with { Status = ImportStatus.Undone, Undo = import.Undo ?? new UndoTally() }, ct);
            events.Record("import.undone", import);
            await jobs.EnqueueOnceAsync(new CountSegments(), "all", ct); // memberships went with the customers
        }, ct);
        return true;
    }

    // What a row was before may be possible no longer: its option is retired, its customer gone. Then it stays, and holds up no other.
    private async Task<Import> TakeBackOneAsync(Import import, WrittenRow row, IImportTarget target, CancellationToken ct)
    {
        try
        {
            return await TakeBackAsync(import, [row], target.TakeBackAsync, ct);
        }
        catch (ApiProblem refused) when (IsOfRow(refused))
        {
            return await TakeBackAsync(import, [row], (_, _) => Task.FromResult<IReadOnlyList<bool>>([false]), ct);
        }
    }

    private async Task<Import> TakeBackAsync(
        Import before, IReadOnlyList<WrittenRow> rows, Func<IReadOnlyList<WrittenRow>, CancellationToken, Task<IReadOnlyList<bool>>> takeBack, CancellationToken ct)
    {
        var after = before;
        await db.InTransactionAsync(async () =>
        {
            var isTakenBack = await takeBack(rows, ct);
            var customers = await made.TakeBackAsync(rows, ct);
            await records.MarkAsync(before, rows, isTakenBack, ct);
            var tally = Plus(before.Undo ?? new UndoTally(), rows, isTakenBack);
            tally = tally with { CustomersRemoved = tally.CustomersRemoved + customers.Removed, CustomersKept = tally.CustomersKept + customers.Kept };
            after = await imports.AdvanceAsync(before, before with { Position = rows[^1].Number - 1, Undo = tally }, ct);
        }, ct);
        return after;
    }

    // Else it is a fault that passes, or one of ours.
    private static bool IsOfRow(ApiProblem problem) => problem.Status < StatusCodes.Status500InternalServerError;

    private static UndoTally Plus(UndoTally tally, IReadOnlyList<WrittenRow> rows, IReadOnlyList<bool> isTakenBack)
    {
        foreach (var (row, isDone) in rows.Zip(isTakenBack))
            tally = !isDone ? tally with { Kept = tally.Kept + 1 }
                : row.Outcome == ImportOutcome.Create ? tally with { Removed = tally.Removed + 1 } : tally with { Restored = tally.Restored + 1 };
        return tally;
    }
}
