using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// The dry run: decides every row as the run would, and keeps what it found instead of doing it. Begun again from the first row if its worker died,
/// since it changes nothing. It reads the file twice: first for which rows are about the same.
/// </summary>
internal sealed class ImportCheck(TenantDb db, TenantScopes scopes, ImportStore imports, ImportRecords records, EventLog events)
{
    public async Task RunAsync(Import import, CancellationToken ct)
    {
        await records.ForgetAsync(import.Id, ImportPhase.DryRun, ct);
        await db.InTransactionAsync(async () => import = await imports.AdvanceAsync(import, import with { Position = 0, DryRun = new ImportTally() }, ct), ct);

        await using var beside = scopes.Create();
        var planning = beside.ServiceProvider.GetRequiredService<PlannedRowsFactory>();
        using var rows = await planning.OpenAsync(import, await SeeAllAsync(import, planning, ct), ct);
        while (await rows.NextAsync(ct) is { Count: > 0 } plans)
        {
            for (var done = 0; done < plans.Count;)
            {
                await db.InTransactionAsync(async () =>
                {
                    var some = plans.Skip(done).Take(db.RowsAtOnce * 4).ToArray();
                    await records.AddAsync(import, ImportPhase.DryRun, some, ct);
                    import = await imports.AdvanceAsync(import, import with { Position = some[^1].Row.Number, DryRun = import.DryRun!.Plus(some.Select(p => p.Outcome)) }, ct);
                    done += some.Length;
                }, ct);
            }
        }
        await db.InTransactionAsync(async () =>
        {
            import = await imports.AdvanceAsync(import, import with { Status = ImportStatus.Checked, Position = 0 }, ct);
            events.IsQuiet = import.IsQuiet;
            events.Record("import.checked", import);
        }, ct);
    }

    private async Task<Rehearsal> SeeAllAsync(Import import, PlannedRowsFactory planning, CancellationToken ct)
    {
        var rehearsal = new Rehearsal();
        using var rows = await planning.OpenAsync(import, rehearsal: null, ct);
        while (await rows.NextAsync(ct) is { Count: > 0 } plans)
        {
            foreach (var plan in plans) rehearsal.See(plan);
            if (await imports.LookAsync(import.Id, ct) is not { Status: ImportStatus.Checking }) throw new ImportStoppedException();
        }
        rehearsal.Begin();
        return rehearsal;
    }
}
