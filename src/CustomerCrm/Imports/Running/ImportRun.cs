using CustomerCrm.Customers.Searching;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Segments.Membership;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// Writes the rows, while the next ones are being read and decided beside it if nobody else works. Each transaction holds rows, their records and how far the file was
/// done, so that a run that dies goes on exactly where it stopped; and it ends soon when another writer waits.
/// </summary>
internal sealed class ImportRun(
    TenantDb db, TenantScopes scopes, ImportStore imports, ImportRecords records, IEnumerable<IImportTarget> targets, PlannedRowsFactory planning,
    JobQueue jobs, EventLog events, Foreground foreground, TimeProvider clock)
{
    private static readonly TimeSpan turn = TimeSpan.FromSeconds(10);
    private readonly ImportPace pace = new(foreground, clock);

    /// <returns>Whether it is done; else its turn is over, and it wants another.</returns>
    public async Task<bool> RunAsync(Import import, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        events.IsQuiet = import.IsQuiet;
        var (target, terms) = (targets.Single(t => t.Resource == import.Resource), await planning.TermsAsync(import, ct));
        await using var beside = scopes.Create();
        using var rows = await beside.ServiceProvider.GetRequiredService<PlannedRowsFactory>().OpenAsync(import, rehearsal: null, ct);

        var next = rows.NextAsync(ct);
        while (await next is { Count: > 0 } plans)
        {
            var isOver = clock.GetElapsedTime(started) > turn;
            // Where others work too, a processor is theirs.
            var isAhead = !isOver && !foreground.IsWriting;
            if (isAhead) next = Task.Run(() => rows.NextAsync(ct), CancellationToken.None);
            try
            {
                import = await WriteAsync(import, target, terms, plans, ct);
            }
            catch
            {
                await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default); // its connection is ours to give back
                throw;
            }
            if (isOver) return false;
            if (!isAhead) next = rows.NextAsync(ct);
        }
        await FinishAsync(import, ct);
        return true;
    }

    private async Task<Import> WriteAsync(Import import, IImportTarget target, RunTerms terms, IReadOnlyList<RowPlan> plans, CancellationToken ct)
    {
        // Whoever is to be told of each customer gets them one by one, as from the API.
        var isCareful = !import.IsQuiet;
        for (var done = 0; done < plans.Count;)
        {
            try
            {
                (import, done) = await WriteSomeAsync(import, target, terms, plans, done, isCareful, ct);
            }
            catch (DuplicateKeyException) when (!isCareful)
            {
                isCareful = true; // somebody wrote one of these meanwhile: each is looked at again
            }
        }
        return import;
    }

    private async Task<(Import, int)> WriteSomeAsync(Import before, IImportTarget target, RunTerms terms, IReadOnlyList<RowPlan> plans, int from, bool isCareful, CancellationToken ct)
    {
        var (after, done, began) = (before, from, 0L);
        await pace.RestAsync(ct);
        await db.InTransactionAsync(async () =>
        {
            (after, done, began) = (before, from, clock.GetTimestamp());
            do
            {
                var some = plans.Skip(done).Take(Math.Max(1, isCareful || target.IsSlow ? db.RowsAtOnce / 10 : db.RowsAtOnce)).ToArray();
                await target.WriteAsync(some, terms, isCareful, ct);
                await records.AddAsync(before, ImportPhase.Run, some, ct);
                after = after with { Position = some[^1].Row.Number, Run = (after.Run ?? new ImportTally()).Plus(some.Select(p => p.Outcome)) };
                done += some.Length;
            }
            while (done < plans.Count && !pace.IsOver(began, db.AnotherWriterWaits));
            after = await imports.AdvanceAsync(before, after, ct);
            if (pace.IsNewsDue()) events.Record("import.progressed", Progress.Of(after));
        }, ct);
        pace.Committed(began);
        return (after, done);
    }

    private Task FinishAsync(Import import, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var finished = await imports.AdvanceAsync(import, import with { Status = ImportStatus.Finished }, ct);
        events.Record("import.finished", finished);
        await CatchUpAsync(finished, jobs, ct);
    }, ct);

    /// <summary>What follows customers who were written without an event each: the search and the segments.</summary>
    public static async Task CatchUpAsync(Import import, JobQueue jobs, CancellationToken ct)
    {
        if (import.Resource != ImportResource.Customers || import.Run is null) return;
        await jobs.EnqueueAsync(new IndexImported(import.Id.Value), ct);
        await jobs.EnqueueAsync(new JoinImported(import.Id.Value), ct);
    }
}
