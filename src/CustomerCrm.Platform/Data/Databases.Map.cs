using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Data;

/// <summary>Which tenant lives where: the table <c>TenantPlaces</c> of the first database, remembered for a second.</summary>
public sealed partial class Databases
{
    /// <summary>How long a process goes by what it has read of the map, so that a tenant that is moved is found where it is now.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Home> known = new();

    // Of transactions that are still open, or were undone.
    private readonly ConcurrentDictionary<int, Database> planned = new();

    /// <summary>The tenant's own database; the directory for what has no tenant. Whoever finds a tenant asks <see cref="FindAsync"/> first.</summary>
    /// <exception cref="InvalidOperationException">Nobody has looked where it lives: fails closed.</exception>
    internal Database Of(int tenantId) => All.Count == 1 || tenantId <= 0 ? First
        : known.TryGetValue(tenantId, out var home) ? home.Database
        : throw new InvalidOperationException($"Where tenant {tenantId} lives is not known.");

    /// <returns>Null: there is no such tenant.</returns>
    internal async ValueTask<Database?> FindAsync(int tenantId, CancellationToken ct)
    {
        if (All.Count == 1 || tenantId <= 0) return First;
        return (await HomeAsync(tenantId, ct))?.Database;
    }

    /// <summary>Whether the tenant is being moved, and nobody works for it. A writer that has not heard it yet is refused by the database itself: <see cref="CheckHeldAsync"/>.</summary>
    internal async ValueTask<bool> IsHeldAsync(int tenantId, CancellationToken ct) => All.Count > 1 && tenantId > 0 && (await HomeAsync(tenantId, ct))?.IsHeld == true;

    /// <summary>First in every transaction for a tenant: what is committed behind a hold would be left behind by the move.</summary>
    /// <exception cref="ApiProblem">503: the tenant is being moved, or does not live here any more.</exception>
    internal async Task CheckHeldAsync(SystemTransaction within, int tenantId, CancellationToken ct)
    {
        if (All.Count > 1 && (await within.QueryAsync<int>(Held, new { TenantId = tenantId }, ct)).Count > 0)
            throw ApiProblem.Other(503, "tenant_moving", "The tenant is being moved to another database. Nothing was changed; try again.", TimeSpan.FromSeconds(2));
    }

    /// <summary>As <see cref="FindAsync"/>, for whoever makes a tenant and has not committed yet.</summary>
    internal async ValueTask<Database?> FindPlannedAsync(int tenantId, CancellationToken ct) => await FindAsync(tenantId, ct) ?? planned.GetValueOrDefault(tenantId);

    /// <summary>Whether rows of this tenant in that database count. Those that a failed sign-up left behind do not.</summary>
    internal async ValueTask<bool> HasAsync(Database database, int tenantId, CancellationToken ct)
    {
        if (All.Count == 1 || (tenantId <= 0 && database == First)) return true;
        return await FindAsync(tenantId, ct) == database;
    }

    /// <summary>Gives an account's two data sets their numbers and one database, in the directory's transaction that is open.</summary>
    /// <returns>The first number; the next is the second.</returns>
    internal async Task<int> PlaceAsync(SystemTransaction directory, CancellationToken ct)
    {
        var database = await ChooseAsync(directory, ct);
        var last = (await directory.QueryAsync<int>(LastNumber, null, ct))[0];
        // What an undone sign-up left behind in another database has a number that is not in the map.
        if (database != First) last = Math.Max(last, (await database.System.QueryAsync<int>(LastLiving, null, ct))[0]);
        foreach (var tenantId in new[] { last + 1, last + 2 })
        {
            await directory.ExecuteAsync(Insert, new { TenantId = tenantId, database.Place }, ct);
            planned[tenantId] = database;
        }
        return last + 1;
    }

    private async ValueTask<Home?> HomeAsync(int tenantId, CancellationToken ct)
    {
        if (!known.TryGetValue(tenantId, out var home)) return await AskAsync(tenantId, ct);
        if (Stopwatch.GetElapsedTime(home.ReadAt) < RememberedFor) return home;
        try
        {
            return await AskAsync(tenantId, ct);
        }
        catch (DbException) // without the directory, tenants elsewhere go on where they are: nobody can be moved without it
        {
            return home;
        }
    }

    private async Task<Home?> AskAsync(int tenantId, CancellationToken ct)
    {
        var asked = Stopwatch.GetTimestamp();
        var row = (await First.System.QueryAsync<PlaceRow>(PlaceOf, new { TenantId = tenantId }, ct)).SingleOrDefault();
        if (All.FirstOrDefault(d => d.Place == row?.Place) is not { } database) return null;
        planned.TryRemove(tenantId, out _);
        if (!known.TryGetValue(tenantId, out var before) || before.Database != database) database.Secondary?.Wrote(tenantId); // what has moved there is not in its secondary yet
        return known[tenantId] = new Home(database, row!.IsHeld, asked);
    }

    /// <param name="Database">Where the tenant lives.</param>
    /// <param name="IsHeld">It is being moved.</param>
    /// <param name="ReadAt">When the map was asked.</param>
    private sealed record Home(Database Database, bool IsHeld, long ReadAt);

    private sealed record PlaceRow
    {
        public required string Place { get; init; }
        public required bool IsHeld { get; init; }
    }

    private async Task<Database> ChooseAsync(SystemTransaction directory, CancellationToken ct)
    {
        if (All.Count == 1) return First;
        if (placeIn is not null) return All.First(d => d.Place == placeIn);
        var counts = (await directory.QueryAsync<Count>(CountEach, null, ct)).ToDictionary(c => c.Place, c => c.Tenants);
        return All.MinBy(d => counts.GetValueOrDefault(d.Place))!;
    }

    private sealed record Count
    {
        public required string Place { get; init; }
        public required int Tenants { get; init; }
    }

    private static readonly SystemSql PlaceOf = SystemSql.Of("SELECT Place, CASE WHEN HeldAt IS NULL THEN 0 ELSE 1 END AS IsHeld FROM TenantPlaces WHERE TenantId = @TenantId");

    // On SQL Server whoever holds the tenant waits for the transactions that have looked; SQLite has one writer.
    private static readonly SystemSql Held = SystemSql.Of(
        sqlServer: "SELECT 1 FROM TenantHolds WITH (HOLDLOCK) WHERE TenantId = @TenantId",
        sqlite: "SELECT 1 FROM TenantHolds WHERE TenantId = @TenantId");

    private static readonly SystemSql CountEach = SystemSql.Of("SELECT Place, COUNT(*) AS Tenants FROM TenantPlaces GROUP BY Place");

    // Two accounts made at the same moment must not get the same number: SQL Server holds the range, SQLite has one writer.
    private static readonly SystemSql LastNumber = SystemSql.Of(
        sqlServer: "SELECT COALESCE(MAX(TenantId), 0) FROM TenantPlaces WITH (UPDLOCK, HOLDLOCK)",
        sqlite: "SELECT COALESCE(MAX(TenantId), 0) FROM TenantPlaces");

    private static readonly SystemSql LastLiving = SystemSql.Of("SELECT COALESCE(MAX(TenantId), 0) FROM Tenants");

    private static readonly SystemSql Insert = SystemSql.Of("INSERT INTO TenantPlaces (TenantId, Place) VALUES (@TenantId, @Place)");
}
