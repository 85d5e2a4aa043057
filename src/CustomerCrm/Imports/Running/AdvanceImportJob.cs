using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Running;

/// <summary>Go on with an import, whatever is to be done with it now.</summary>
/// <param name="ImportId">Which one.</param>
/// <param name="StartedBy">Who asked for it, as the history is to say.</param>
public sealed record AdvanceImport(Id<Import> ImportId, string? StartedBy = null);

/// <summary>A turn of some seconds, then others have theirs.</summary>
internal sealed class AdvanceImportJob(
    TenantDb db, ImportStore imports, IFileStore files, ImportCheck check, ImportRun run, ImportUndo undo, ImportQuota quota, JobQueue jobs, EventLog events, Caller caller) : IJob<AdvanceImport>, IGivesUp<AdvanceImport>
{
    public async Task RunAsync(AdvanceImport work, CancellationToken ct)
    {
        if (await imports.LookAsync(work.ImportId, ct) is not { } import) return;
        caller.ActAs(ActorOf(import, work.StartedBy));
        try
        {
            if (!await GoOnAsync(import, ct)) await jobs.EnqueueAsync(work, ct);
        }
        catch (ImportStoppedException)
        {
            // Cancelled or deleted meanwhile, or another worker has it. What was written before is whole.
        }
        catch (ApiProblem problem) when (problem.Errors is [{ } first, ..]) // the file itself: trying again would not help
        {
            await FailAsync(work.ImportId, first.Code, ct);
        }
    }

    /// <summary>A fault of ours, again and again: it says so, and can be run on, undone or deleted.</summary>
    public async Task GiveUpAsync(AdvanceImport work, string code, CancellationToken ct)
    {
        if (await imports.LookAsync(work.ImportId, ct) is not { } import) return;
        caller.ActAs(ActorOf(import, work.StartedBy));
        await FailAsync(work.ImportId, "gave_up", ct);
    }

    /// <summary>Pure. The file, and who asked for it; a long name loses its end.</summary>
    internal static Actor ActorOf(Import import, string? startedBy)
    {
        const int longest = 200;
        var by = startedBy is null ? "" : $" ({startedBy})".Beginning(longest / 2);
        return new Actor(ActorKind.Import, import.Id.ToString(), import.FileName.Beginning(longest - by.Length) + by);
    }

    private async Task<bool> GoOnAsync(Import import, CancellationToken ct)
    {
        if (import.Status is ImportStatus.Checking or ImportStatus.Running && !files.Has(import.StoredAs))
        {
            await FailAsync(import.Id, "file_missing", ct);
            return true;
        }
        switch (import.Status)
        {
            case ImportStatus.Checking:
                await check.RunAsync(import, ct);
                return true;
            case ImportStatus.Running:
                return await run.RunAsync(import, ct);
            case ImportStatus.Undoing:
                return await undo.RunAsync(import, ct);
            default:
                return true;
        }
    }

    private Task FailAsync(Id<Import> id, string code, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await imports.LookAsync(id, ct) is not { } import || !ImportLife.IsAtWork(import.Status)) return;
        var failed = import with { Status = ImportStatus.Failed, FailureCode = code, Position = import.Status == ImportStatus.Checking ? 0 : import.Position };
        events.Record("import.failed", await imports.AdvanceAsync(import, failed, ct));
        if (import.Status != ImportStatus.Running) return;
        await quota.GiveBackAsync(failed, ct);
        await ImportRun.CatchUpAsync(failed, jobs, ct);
    }, ct);
}
