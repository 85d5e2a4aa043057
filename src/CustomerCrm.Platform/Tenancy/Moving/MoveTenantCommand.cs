using System.Data.Common;
using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>
/// <c>-- move-tenant TENANT --to DATABASE</c>: the tenant's live and test data move to another database of the settings; the tenant is its id, or the number of
/// one of its data sets. <c>-- move-tenant TENANT --forget</c>: what a move has left behind goes. Both beside the program that runs, and again where they were cut off.
/// </summary>
public sealed class MoveTenantCommand
{
    public const string Name = "move-tenant";
    private const string To = "--to", Forget = "--forget";
    private const int MostAttempts = 20;

    private readonly Databases databases;
    private readonly TenantMove move;

    internal MoveTenantCommand(Databases databases, TenantMove move) => (this.databases, this.move) = (databases, move);

    /// <returns>The exit code: 0 when all is done.</returns>
    public async Task<int> RunAsync(CommandLine said, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (said.Words is not [var tenant] || (said.ValueOf(To) is not null) == said.Has(Forget)) return await RefuseAsync($"Say who and where to: {Name} TENANT {To} DATABASE; or {Name} TENANT {Forget}.");
        if (databases.All.Count == 1) return await RefuseAsync("There is one database only. Name another in Database:More, and restart every process with it first.");
        if (await FindAsync(tenant, ct) is not { Count: > 0 } tenants) return await RefuseAsync($"There is no tenant {tenant}.");
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return said.ValueOf(To) is { } place ? await MoveAsync(place) : await ForgetAsync();
                }
                catch (Exception e) when (attempt < MostAttempts && IsBusy(e))
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), ct); // the program beside it writes all the while; it goes on where it was
                }
            }
        }
        catch (Exception e) when (e is DbException or ApiProblem or InvalidOperationException)
        {
            return await RefuseAsync($"{e.Message} Nothing is lost: run the command again, and it goes on.");
        }

        async Task<int> MoveAsync(string place)
        {
            if (databases.All.FirstOrDefault(d => d.Place == place) is not { } to) return await RefuseAsync($"There is no database '{place}' in the settings, only {string.Join(", ", databases.All.Select(d => d.Place))}.");
            var now = (await databases.First.System.QueryAsync<PlaceRow>(Placed, new { TenantId = tenants[0].TenantId }, ct))[0];
            var from = databases.All.First(d => d.Place == now.Place);
            if (now.MovingTo is { } other && other != place) return await RefuseAsync($"The tenant is on its way to '{other}'. Finish that first.");
            if (from == to && now.HeldAt is null)
            {
                await output.WriteLineAsync($"The tenant lives in '{place}' already.");
                return 0;
            }
            if (from == to) await move.FinishAsync([.. tenants.Select(t => t.TenantId)], to, ct); // all but the last step was done
            else if (now.MovingTo is null && await IsInAsync(to)) return await RefuseAsync($"What an earlier move has left behind is in '{place}' still. Run {Name} {tenant} {Forget} first.");
            else await move.RunAsync([.. tenants.Select(t => t.TenantId)], from, to, output.WriteLineAsync, ct);
            return 0;
        }

        async Task<int> ForgetAsync()
        {
            var now = (await databases.First.System.QueryAsync<PlaceRow>(Placed, new { TenantId = tenants[0].TenantId }, ct))[0];
            if (now.MovingTo is not null || now.HeldAt is not null) return await RefuseAsync("The tenant is being moved. Finish that first.");
            foreach (var left in databases.All.Where(d => d.Place != now.Place)) // also where a move got no further than to hold it
            {
                await move.ForgetAsync([.. tenants.Select(t => t.TenantId)], left, ct);
                await output.WriteLineAsync($"Nothing of the tenant is left in '{left.Place}'.");
            }
            return 0;
        }

        async Task<bool> IsInAsync(Database database) => (await database.System.QueryAsync<int>(Here, new { TenantId = tenants[0].TenantId }, ct))[0] + (await database.System.QueryAsync<int>(Here, new { TenantId = tenants[^1].TenantId }, ct))[0] > 0;

        async Task<int> RefuseAsync(string why)
        {
            await errors.WriteLineAsync(why);
            return 1;
        }
    }

    private bool IsBusy(Exception e) => (e as ApiProblem ?? (e is DbException of ? databases.First.ProblemOf(of) : null)) is { Status: 503 };

    /// <summary>The two data sets of an account, which live in one database.</summary>
    private async Task<IReadOnlyList<TenantRow>> FindAsync(string tenant, CancellationToken ct)
    {
        var account = Base32.TryRead("ten", tenant, out var id) ? id.ToByteArray(bigEndian: true) : null;
        int? number = int.TryParse(tenant, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        var found = await databases.QueryEachAsync<TenantRow>(OfAccount, new { Account = account ?? new byte[16], Number = number ?? 0 }, row => row.TenantId, ct);
        return [.. found.OrderBy(row => row.TenantId)];
    }

    private sealed record TenantRow
    {
        public required int TenantId { get; init; }
    }

    private sealed record PlaceRow
    {
        public required string Place { get; init; }
        public string? MovingTo { get; init; }
        public DateTimeOffset? HeldAt { get; init; }
    }

    private static readonly SystemSql OfAccount = SystemSql.Of("""
        SELECT t.TenantId
        FROM Tenants t
        WHERE t.AccountId = @Account
           OR t.AccountId = (SELECT n.AccountId FROM Tenants n WHERE n.TenantId = @Number)
        """);

    private static readonly SystemSql Placed = SystemSql.Of("SELECT p.Place, p.MovingTo, p.HeldAt FROM TenantPlaces p WHERE p.TenantId = @TenantId");

    private static readonly SystemSql Here = SystemSql.Of("SELECT COUNT(*) FROM Tenants t WHERE t.TenantId = @TenantId");
}
