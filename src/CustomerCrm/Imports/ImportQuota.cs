using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Imports;

/// <summary>How many rows a tenant may import on a day (UTC), counted in the database, so that it holds for all processes together.</summary>
internal sealed class ImportQuota(TenantDb db, IOptions<ImportOptions> options, TimeProvider clock)
{
    /// <summary>Counts rows that are about to be imported. Undone with the transaction, like everything else.</summary>
    /// <exception cref="ApiProblem">429: they are more than are left today.</exception>
    public async Task TakeAsync(int rows, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = new { UsedOn = DateOnly.FromDateTime(now.UtcDateTime), Rows = rows, Most = options.Value.RowsPerDay - rows };
        if (await db.ExecuteAsync(Add, row, ct) == 1) return;
        if (row.Most >= 0 && await db.FindAsync<long?>(Used, row, ct) is null)
        {
            await db.ExecuteAsync(Begin, row, ct); // another process that is first makes this a 409, and the caller tries again
            return;
        }
        throw ApiProblem.QuotaExceeded("imported_rows_per_day", now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);
    }

    private static readonly TenantSql Add = TenantSql.Of("""
        UPDATE ImportUsage
        SET RowTotal = RowTotal + @Rows
        WHERE TenantId = @TenantId
          AND UsedOn = @UsedOn
          AND RowTotal <= @Most
        """);

    private static readonly TenantSql Used = TenantSql.Of("SELECT RowTotal FROM ImportUsage WHERE TenantId = @TenantId AND UsedOn = @UsedOn");

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO ImportUsage (TenantId, UsedOn, RowTotal) VALUES (@TenantId, @UsedOn, @Rows)");
}

/// <summary>The section <c>Imports</c> of the configuration.</summary>
public sealed class ImportOptions
{
    /// <summary>The quota of each data set for a day (UTC).</summary>
    [Range(1, 1_000_000_000)] public long RowsPerDay { get; set; } = 5_000_000;
}
