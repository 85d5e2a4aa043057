using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>
/// Moves a tenant's two data sets to another database while the program runs. Most is copied while the tenant writes on; then its writes and jobs are
/// held (503 <c>tenant_moving</c>, a second or two and what the rest takes), what changed meanwhile follows until both are the same, row by row and by
/// count and checksum, and the map is switched. What stays behind is held for good, until it is forgotten. Every step may be done again, so a move that
/// was cut off is simply asked for again.
/// </summary>
internal sealed class TenantMove(Databases databases, IEnumerable<IIndexedApart> indexes, TimeProvider clock)
{
    private const int MostPasses = 20, RowsAtOnce = 200;

    // Longer than any process remembers where a tenant lives.
    private static readonly TimeSpan untilAllKnow = Databases.RememberedFor * 1.5, betweenLooks = TimeSpan.FromMilliseconds(200);

    /// <param name="tenants">The numbers of the two data sets.</param>
    /// <param name="from">Where they live.</param>
    /// <param name="to">Where they shall.</param>
    /// <param name="say">Hears how it goes on.</param>
    /// <param name="ct">Stops; what is done stays done.</param>
    public async Task RunAsync(IReadOnlyList<int> tenants, Database from, Database to, Func<string, Task> say, CancellationToken ct)
    {
        var tables = await TenantTables.OfAsync(from, ct);
        await EachAsync(tenants, async tenantId =>
        {
            await HoldAsync(to, tenantId, ct);
            await databases.First.System.ExecuteAsync(Plan, new { TenantId = tenantId, to.Place }, ct);
        });
        await say($"{await PassAsync(tenants, tables, from, to, ct):N0} rows copied while the tenant goes on.");

        await EachAsync(tenants, async tenantId =>
        {
            await databases.First.System.ExecuteAsync(Stop, new { TenantId = tenantId, Now = clock.GetUtcNow() }, ct);
            await HoldAsync(from, tenantId, ct);
        });
        await Task.Delay(untilAllKnow, ct);
        while ((await from.System.QueryAsync<int>(Working, new { Live = tenants[0], Test = tenants[^1], Now = clock.GetUtcNow() }, ct))[0] > 0) await Task.Delay(betweenLooks, ct);
        await say("The tenant is held.");

        for (var pass = 1; await PassAsync(tenants, tables, from, to, ct) is > 0 and var rows; pass++)
        {
            await say($"{rows:N0} rows that had changed.");
            if (pass == MostPasses) throw new InvalidOperationException("Somebody writes for the tenant all the while: is there a process of an older release, or without this database in its settings?");
        }
        await say($"{tables.Count} tables are the same, by count and checksum.");
        await EachAsync(tenants, tenantId => IndexAsync(tenantId, to, ct));

        await databases.First.System.InTransactionAsync(async directory =>
        {
            foreach (var tenantId in tenants) await directory.ExecuteAsync(Switch, new { TenantId = tenantId, to.Place }, ct);
        }, ct);
        await FinishAsync(tenants, to, ct);
        await say($"The tenant lives in '{to.Place}'. What is left of it in '{from.Place}' goes with --forget.");
    }

    /// <summary>The map is switched. When every process knows, the tenant may write again.</summary>
    public async Task FinishAsync(IReadOnlyList<int> tenants, Database home, CancellationToken ct)
    {
        await Task.Delay(untilAllKnow, ct);
        await EachAsync(tenants, async tenantId =>
        {
            await home.System.InTransactionAsync(async within =>
            {
                await within.ExecuteAsync(ForgetSteps, new { TenantId = tenantId }, ct);
                await within.ExecuteAsync(Release, new { TenantId = tenantId }, ct);
            }, ct);
            await databases.First.System.ExecuteAsync(Start, new { TenantId = tenantId }, ct);
        });
    }

    /// <summary>Takes away what a move has left behind in a database where the tenant does not live any more.</summary>
    public async Task ForgetAsync(IReadOnlyList<int> tenants, Database left, CancellationToken ct)
    {
        var tables = await TenantTables.OfAsync(left, ct);
        await EachAsync(tenants, async tenantId =>
        {
            await InTenantAsync(left, tenantId, async db =>
            {
                foreach (var index in IndexesIn(left))
                    while (await OnceAsync(db, () => index.RemoveAsync(db, tenantId, RowsAtOnce, ct), ct)) { }
            });
            // Customers first, with what hangs on them: a ledger's rows go with their customer only.
            foreach (var table in tables.Where(table => table.Name == "Customers").Concat(tables.Reverse())) await TenantRows.DeleteAsync(left, table, tenantId, RowsAtOnce, ct);
            await left.System.ExecuteAsync(ForgetSteps, new { TenantId = tenantId }, ct);
            await left.System.ExecuteAsync(Release, new { TenantId = tenantId }, ct);
        });
    }

    private static async Task<long> PassAsync(IReadOnlyList<int> tenants, IReadOnlyList<TenantTable> tables, Database from, Database to, CancellationToken ct)
    {
        var reader = await from.RentReaderAsync(Database.EveryTenant, ct);
        try
        {
            await using var moment = await from.BeginSnapshotAsync(reader, ct); // so that no row comes whose parent came too late to be seen
            var written = 0L;
            foreach (var tenantId in tenants)
                foreach (var table in tables) written += await new TableCopy(table, tenantId).BringAsync(reader, moment, to, ct);
            return written;
        }
        finally
        {
            await from.ReturnAsync(reader);
        }
    }

    private async Task IndexAsync(int tenantId, Database to, CancellationToken ct) => await InTenantAsync(to, tenantId, async db =>
    {
        foreach (var index in IndexesIn(to))
            while (await OnceAsync(db, async () =>
            {
                var after = await db.FindAsync<long?>(Done, new { index.Name }, ct);
                var last = await index.WriteAsync(db, tenantId, after ?? 0, RowsAtOnce, ct);
                if (last is { } done) await db.ExecuteAsync(after is null ? AddStep : SetStep, new { index.Name, Done = done }, ct);
                return last is not null;
            }, ct)) { }
    });

    // On SQL Server they are rows like all others, and are copied and deleted as such.
    private IEnumerable<IIndexedApart> IndexesIn(Database database) => database.FileName is null ? [] : indexes;

    private static async Task<bool> OnceAsync(TenantDb db, Func<Task<bool>> work, CancellationToken ct)
    {
        var more = false;
        await db.InTransactionAsync(async () => more = await work(), ct);
        return more;
    }

    // In that database and no other, and though the tenant is held there.
    private static async Task InTenantAsync(Database database, int tenantId, Func<TenantDb, Task> work)
    {
        var tenant = new CurrentTenant();
        tenant.Set(tenantId);
        await using var db = new TenantDb(new Databases(database), tenant);
        await work(db);
    }

    private async Task HoldAsync(Database database, int tenantId, CancellationToken ct) => await database.System.ExecuteAsync(Hold, new { TenantId = tenantId, Now = clock.GetUtcNow() }, ct);

    private static async Task EachAsync(IReadOnlyList<int> tenants, Func<int, Task> work)
    {
        foreach (var tenantId in tenants) await work(tenantId);
    }

    private static readonly SystemSql Plan = SystemSql.Of("UPDATE TenantPlaces SET MovingTo = @Place WHERE TenantId = @TenantId");

    private static readonly SystemSql Stop = SystemSql.Of("UPDATE TenantPlaces SET HeldAt = @Now WHERE TenantId = @TenantId AND HeldAt IS NULL");

    private static readonly SystemSql Switch = SystemSql.Of("UPDATE TenantPlaces SET Place = @Place, MovingTo = NULL WHERE TenantId = @TenantId");

    private static readonly SystemSql Start = SystemSql.Of("UPDATE TenantPlaces SET HeldAt = NULL WHERE TenantId = @TenantId");

    private static readonly SystemSql Hold = SystemSql.Of("""
        INSERT INTO TenantHolds (TenantId, Since)
        SELECT @TenantId, @Now
        WHERE NOT EXISTS (SELECT 1 FROM TenantHolds h WHERE h.TenantId = @TenantId)
        """);

    private static readonly SystemSql Release = SystemSql.Of("DELETE FROM TenantHolds WHERE TenantId = @TenantId");

    private static readonly SystemSql ForgetSteps = SystemSql.Of("DELETE FROM TenantMoveSteps WHERE TenantId = @TenantId");

    // A worker that has died keeps its job until its lease ends.
    private static readonly SystemSql Working = SystemSql.Of("SELECT COUNT(*) FROM Jobs j WHERE (j.TenantId = @Live OR j.TenantId = @Test) AND j.State = 1 AND j.DueAt > @Now");

    private static readonly TenantSql Done = TenantSql.Of("SELECT s.Done FROM TenantMoveSteps s WHERE s.TenantId = @TenantId AND s.Name = @Name");

    private static readonly TenantSql AddStep = TenantSql.Of("INSERT INTO TenantMoveSteps (TenantId, Name, Done) VALUES (@TenantId, @Name, @Done)");

    private static readonly TenantSql SetStep = TenantSql.Of("UPDATE TenantMoveSteps SET Done = @Done WHERE TenantId = @TenantId AND Name = @Name");
}
