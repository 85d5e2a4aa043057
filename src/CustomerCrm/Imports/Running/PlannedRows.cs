using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// Reads a file and decides what becomes of its rows, some hundred at a time and ahead of whoever writes them. It has a scope of its
/// own, and so a connection of its own.
/// </summary>
internal sealed class PlannedRows(FileRows rows, RowReading reading, IImportTarget target, RunTerms terms, Rehearsal? rehearsal, Foreground foreground) : IDisposable
{
    public const int AtOnce = 500;

    /// <summary>
    /// While others write, turns are short and nothing is gained by more; and what is held here is what a garbage collection goes
    /// through while everybody waits.
    /// </summary>
    private const int AtOnceBesideOthers = 250;

    private HashSet<object> shortlyBefore = [];

    /// <returns>None at the end of the file.</returns>
    public async Task<IReadOnlyList<RowPlan>> NextAsync(CancellationToken ct)
    {
        var plans = new List<RowPlan>();
        while (plans.Count < (foreground.IsWriting ? AtOnceBesideOthers : AtOnce) && rows.Next() is { } row)
        {
            if (plans.Count % AtOnceBesideOthers == 0) await foreground.StandBackAsync(ct);
            plans.Add(Read(row));
        }
        if (plans.Count == 0) return plans;

        ct.ThrowIfCancellationRequested();
        await target.DecideAsync(plans, terms, rehearsal, ct);
        Mark(plans);
        return plans;
    }

    public void Dispose() => rows.Dispose();

    private RowPlan Read(FileRow row)
    {
        if (row.Along is { } why) return new RowPlan(row) { Outcome = ImportOutcome.Skip, Reason = why };
        var errors = new List<RowError>();
        var json = reading.Read(row, target.Compose, errors);
        if (errors.Count == 0) return target.Plan(row, json, reading, terms);
        var plan = new RowPlan(row);
        plan.Errors.AddRange(errors);
        return plan;
    }

    // What is written while these were decided could not be seen: a row that names the same as one of this stretch or the one
    // before is looked at again when it is written.
    private void Mark(IEnumerable<RowPlan> plans)
    {
        var now = new HashSet<object>();
        foreach (var plan in plans)
        {
            plan.IsCertain = true;
            foreach (var name in plan.Names)
                if (!now.Add(name) | shortlyBefore.Contains(name)) plan.IsCertain = false;
        }
        shortlyBefore = now;
    }
}
