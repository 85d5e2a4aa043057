using System.Data.Common;
using System.Reflection;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// The databases of the installation, and which tenant lives in which. The first is the directory too: it holds the map, the
/// people and their passwords, the operator's keys and the installation's secrets; all that has a tenant lies in the tenant's
/// database, whole. With one database, which is the simplest case, nothing is looked up.
/// </summary>
public sealed partial class Databases
{
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

    private static readonly SystemSql PlacedIn = SystemSql.Of("SELECT TenantId FROM TenantPlaces WHERE Place = @Place");

    private static readonly SystemSql Places = SystemSql.Of("SELECT DISTINCT Place FROM TenantPlaces");

    private static readonly SystemSql Living = SystemSql.Of("SELECT TenantId FROM Tenants");
}

/// <summary>Says in one sentence whose data would be missing, so the program does not start.</summary>
public sealed class TenantsAwayException(string why) : Exception(why);
