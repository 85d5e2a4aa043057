using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// The databases of the installation, and which tenant lives in which. The first is the directory too: it holds the map, the
/// people and their passwords, the operator's keys and the installation's secrets; all that has a tenant lies in the tenant's
/// database, whole. With one database, which is the simplest case, nothing is looked up.
/// </summary>
public sealed class Databases
{
    /// <summary>How long a process goes by what it has read of the map, so that a tenant that is moved is found where it is now.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, Home> known = new();

    // Of transactions that are still open, or were undone.
    private readonly ConcurrentDictionary<int, Database> planned = new();
    private readonly string? placeIn;

    /// <param name="first">The directory; in a simple installation the only one.</param>
    /// <param name="more">Others, each with a name of its own.</param>
    /// <param name="placeIn">The name of the one that new tenants go to; null for the one with the fewest.</param>
    /// <exception cref="ArgumentException">Two have one name or one file, or there is none of that name.</exception>
    public Databases(Database first, IReadOnlyList<Database>? more = null, string? placeIn = null)
    {
        (First, All, this.placeIn) = (first, [first, .. more ?? []], placeIn);
        if (All.GroupBy(d => d.Place).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two databases are called '{twice.Key}'. The first is '{Database.Main}'.");
        if (All.Where(d => d.FileName is not null).GroupBy(d => d.FileName).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new ArgumentException($"Two databases are the same file, {same.Key}.");
        if (placeIn is not null && All.All(d => d.Place != placeIn))
            throw new ArgumentException($"Tenants:PlaceIn says '{placeIn}', and there is no database of that name.");
    }

    /// <summary>The directory.</summary>
    public Database First { get; }

    public IReadOnlyList<Database> All { get; }

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

    /// <summary>Rows from every database, without those of tenants who do not live there.</summary>
    internal async Task<IReadOnlyList<T>> QueryEachAsync<T>(SystemSql sql, object? args, Func<T, int> tenantOf, CancellationToken ct)
    {
        if (All.Count == 1) return await First.System.QueryAsync<T>(sql, args, ct);
        var rows = new List<T>();
        foreach (var database in All)
            foreach (var row in await database.System.QueryAsync<T>(sql, args, ct))
                if (await HasAsync(database, tenantOf(row), ct)) rows.Add(row);
        return rows;
    }

    /// <summary>
    /// The one row that some database has: the tenant's own is asked first, where somebody knows whose it should be. One that cannot be reached
    /// hides nothing of the others.
    /// </summary>
    /// <returns>Null: nobody has it.</returns>
    internal async Task<T?> FindAnywhereAsync<T>(SystemSql sql, object? args, Func<T, int> tenantOf, int? hint, CancellationToken ct) where T : class
    {
        if (All.Count == 1) return await First.System.QueryAsync<T>(sql, args, ct) is [var only] ? only : null;
        var likely = hint is { } tenantId && known.TryGetValue(tenantId, out var home) ? home.Database : First;
        DbException? unreachable = null;
        foreach (var database in All.OrderBy(d => d != likely))
        {
            try
            {
                if (await database.System.QueryAsync<T>(sql, args, ct) is [var row] && await HasAsync(database, tenantOf(row), ct)) return row;
            }
            catch (DbException e)
            {
                unreachable = e;
            }
        }
        return unreachable is null ? null : throw unreachable;
    }

    /// <summary>Work from every database that can be reached, but of tenants who are held. If none has any, and one cannot be reached, that is the outcome.</summary>
    internal async Task<IReadOnlyList<T>> QueryReachableAsync<T>(SystemSql sql, object? args, Func<T, int> tenantOf, CancellationToken ct)
    {
        if (All.Count == 1) return await First.System.QueryAsync<T>(sql, args, ct);
        var (rows, unreachable) = (new List<T>(), (DbException?)null);
        foreach (var database in All)
        {
            try
            {
                foreach (var row in await database.System.QueryAsync<T>(sql, args, ct))
                    if (await HasAsync(database, tenantOf(row), ct) && !await IsHeldAsync(tenantOf(row), ct)) rows.Add(row);
            }
            catch (DbException e)
            {
                unreachable = e;
            }
        }
        return rows.Count > 0 || unreachable is null ? rows : throw unreachable;
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

    /// <summary>At start: brings every database up to date and checks that each tenant's is among them.</summary>
    /// <exception cref="TenantsAwayException">Some live in a database that the settings do not name, or are not where they should be.</exception>
    public async Task MigrateAsync(Assembly product, TimeProvider clock, CancellationToken ct)
    {
        foreach (var database in All) await new Migrator(database, clock).MigrateAsync(product, ct);
        foreach (var place in await First.System.QueryAsync<string>(Places, null, ct))
            if (All.All(d => d.Place != place)) throw new TenantsAwayException($"Tenants live in the database '{place}', which the settings do not name (Database:More:{place}).");
        if (All.Count == 1) return;
        foreach (var database in All)
        {
            var there = (await database.System.QueryAsync<int>(Living, null, ct)).ToHashSet();
            foreach (var tenantId in await First.System.QueryAsync<int>(PlacedIn, new { database.Place }, ct))
                known[tenantId] = there.Contains(tenantId) ? new Home(database, IsHeld: false, ReadAt: 0)
                    : throw new TenantsAwayException($"Tenant {tenantId} lives in the database '{database.Place}', and is not in the one that the settings call so.");
        }
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

    private static readonly SystemSql PlacedIn = SystemSql.Of("SELECT TenantId FROM TenantPlaces WHERE Place = @Place");

    private static readonly SystemSql Places = SystemSql.Of("SELECT DISTINCT Place FROM TenantPlaces");

    private static readonly SystemSql CountEach = SystemSql.Of("SELECT Place, COUNT(*) AS Tenants FROM TenantPlaces GROUP BY Place");

    // Two accounts made at the same moment must not get the same number: SQL Server holds the range, SQLite has one writer.
    private static readonly SystemSql LastNumber = SystemSql.Of(
        sqlServer: "SELECT COALESCE(MAX(TenantId), 0) FROM TenantPlaces WITH (UPDLOCK, HOLDLOCK)",
        sqlite: "SELECT COALESCE(MAX(TenantId), 0) FROM TenantPlaces");

    private static readonly SystemSql LastLiving = SystemSql.Of("SELECT COALESCE(MAX(TenantId), 0) FROM Tenants");

    private static readonly SystemSql Living = SystemSql.Of("SELECT TenantId FROM Tenants");

    private static readonly SystemSql Insert = SystemSql.Of("INSERT INTO TenantPlaces (TenantId, Place) VALUES (@TenantId, @Place)");
}

/// <summary>Says in one sentence whose data would be missing, so the program does not start.</summary>
public sealed class TenantsAwayException(string why) : Exception(why);
