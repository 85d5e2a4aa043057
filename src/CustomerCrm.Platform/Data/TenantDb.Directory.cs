namespace CustomerCrm.Platform.Data;

/// <summary>What is written across the tenant's wall, and in other databases than the tenant's own.</summary>
public sealed partial class TenantDb
{
    private SystemTransaction? directory; // open beside the tenant's own transaction, where it is another database's

    /// <summary>
    /// As <see cref="InTransactionAsync"/>, and changes what the directory holds: people, their passwords and second factors. Where that is another
    /// database, its transaction is opened first and committed last, so that no two ever wait for each other; a crash between the two
    /// commits keeps the tenant's part alone.
    /// </summary>
    public async Task WithDirectoryAsync(Func<Task> work, CancellationToken ct)
    {
        if (await HereAsync(ct) == databases.First || directory is not null)
        {
            await InTransactionAsync(work, ct);
            return;
        }
        if (isWriting) throw new InvalidOperationException("The directory's transaction comes first.");
        await RunAsync(async () =>
        {
            await databases.First.System.InTransactionAsync(async within =>
            {
                directory = within;
                try
                {
                    await InTransactionAsync(work, ct);
                }
                finally
                {
                    directory = null;
                }
            }, ct);
            return true;
        });
    }

    /// <summary>The open transaction of the directory.</summary>
    internal SystemTransaction InDirectory => directory ?? (open == databases.First ? AcrossTenants
        : throw new InvalidOperationException("The directory has no transaction to work in."));

    /// <summary>
    /// Writes for a tenant, whichever the current one is. In its database that is a part of the open transaction, or one of its own;
    /// in another database it is committed before the open one is.
    /// </summary>
    internal async Task ForTenantAsync(int tenantId, Func<SystemTransaction, Task> work, CancellationToken ct)
    {
        var theirs = await databases.FindPlannedAsync(tenantId, ct) ?? throw new InvalidOperationException($"There is no tenant {tenantId}.");
        if (theirs == await HereAsync(ct)) await InTransactionAsync(() => work(AcrossTenants), ct);
        else await ElsewhereAsync(theirs, async within =>
        {
            await databases.CheckHeldAsync(within, tenantId, ct);
            await work(within);
        }, ct);
        theirs.Secondary?.Wrote(tenantId);
    }

    /// <summary>The same statement in every database: in those that are open a part of their transaction, in the others before.</summary>
    internal async Task InEachAsync(SystemSql sql, object args, CancellationToken ct)
    {
        foreach (var each in databases.All)
        {
            if (each == await HereAsync(ct)) await InTransactionAsync(() => AcrossTenants.ExecuteAsync(sql, args, ct), ct);
            else if (each == databases.First && directory is not null) await directory.ExecuteAsync(sql, args, ct);
            else await ElsewhereAsync(each, within => within.ExecuteAsync(sql, args, ct), ct);
        }
    }

    private async Task ElsewhereAsync(Database other, Func<SystemTransaction, Task> work, CancellationToken ct)
    {
        // Who holds the directory may wait for a tenant's database, and never the other way round.
        if (isWriting && other == databases.First) throw new InvalidOperationException("The directory's transaction comes first.");
        if (!isWriting) afterCommit.Clear();
        await RunAsync(async () =>
        {
            await other.System.InTransactionAsync(work, ct);
            return true;
        });
        if (!isWriting) afterCommit.ForEach(done => done());
    }

    /// <summary>The open transaction, without the tenant's wall.</summary>
    private SystemTransaction AcrossTenants => isWriting
        ? new SystemTransaction(open!, connection!, transaction!, ct => ShowAsync(Database.EveryTenant, ct))
        : throw new InvalidOperationException("There is no transaction to work in.");
}
