using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Imports.Running;

/// <summary>
/// The dry run: decides every row as the run would, and keeps what it found instead of doing it. Begun again from the first row if its worker died,
/// since it changes nothing; so it can remember what earlier rows of the file would have created.
/// </summary>
internal sealed class ImportCheck(TenantDb db, TenantScopes scopes, ImportStore imports, ImportRecords records, EventLog events)
{
    public async Task RunAsync(Import import, CancellationToken ct)
    {
        await records.ForgetAsync(import.Id, ImportPhase.DryRun, ct);
        await db.InTransactionAsync(async () => import = await imports.AdvanceAsync(import, import with { Position = 0, DryRun = new ImportTally() }, ct), ct);

        await using var beside = scopes.Create();
        using var rows = await beside.ServiceProvider.GetRequiredService<PlannedRowsFactory>().OpenAsync(import, ct);
        var created = new HashSet<long>();
        while (await rows.NextAsync(ct) is { Count: > 0 } plans)
        {
            foreach (var plan in plans) MarkRepeated(plan, created, import.OnMatch);
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

    // 64 bits of a hash each, so that a million rows take some megabytes; two that meet by chance are not to be expected.
    private static void MarkRepeated(RowPlan plan, HashSet<long> created, MatchPolicy onMatch)
    {
        if (plan.Outcome != ImportOutcome.Create) return;
        var isRepeated = false;
        foreach (var key in plan.Keys.Select(HashOf)) isRepeated |= !created.Add(key);
        if (isRepeated) (plan.Outcome, plan.Reason) = (onMatch == MatchPolicy.Update ? ImportOutcome.Update : ImportOutcome.Skip, "repeats_earlier_row");
    }

    private static long HashOf(object key) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(key is Identifier identity ? $"{(int)identity.Kind}|{identity.Source}|{identity.Key}" : $"{key}")));
}
