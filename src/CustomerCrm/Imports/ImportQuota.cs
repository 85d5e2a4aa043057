using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Imports;

/// <summary>How many rows a tenant may import on a day (UTC), counted in the database, so that it holds for all processes together.</summary>
internal sealed class ImportQuota(TenantDb db, IOptions<ImportOptions> options, TimeProvider clock)
{
    /// <summary>Counts the rows that a run is about to write. Undone with the transaction, like everything else.</summary>
    /// <exception cref="ApiProblem">429: they are more than are left today.</exception>
    public async Task TakeAsync(Import import, CancellationToken ct)
    {
        var (now, rows) = (clock.GetUtcNow(), LeftOf(import));
        var row = new { UsedOn = DateOnly.FromDateTime(now.UtcDateTime), Rows = rows, Most = options.Value.RowsPerDay - rows, ImportId = import.Id };
        if (await db.ExecuteAsync(Add, row, ct) == 0)
        {
            if (row.Most < 0 || await db.FindAsync<long?>(Used, row, ct) is not null)
                throw ApiProblem.QuotaExceeded("imported_rows_per_day", now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);
            await db.ExecuteAsync(Begin, row, ct); // another process that is first makes this a 409, and the caller tries again
        }
        await db.ExecuteAsync(Note, row, ct);
    }

    /// <summary>A run stopped before its end: what it did not write does not count, on the day on which it was counted.</summary>
    public Task GiveBackAsync(Import stopped, CancellationToken ct) => db.ExecuteAsync(GiveBack, new { ImportId = stopped.Id, Rows = LeftOf(stopped) }, ct);

    private static int LeftOf(Import import) => Math.Max(0, import.Rows - import.Position);

    private static readonly TenantSql Add = TenantSql.Of("""
        UPDATE ImportUsage
        SET RowTotal = RowTotal + @Rows
        WHERE TenantId = @TenantId
          AND UsedOn = @UsedOn
          AND RowTotal <= @Most
        """);

    private static readonly TenantSql Used = TenantSql.Of("SELECT RowTotal FROM ImportUsage WHERE TenantId = @TenantId AND UsedOn = @UsedOn");

    private static readonly TenantSql Begin = TenantSql.Of("INSERT INTO ImportUsage (TenantId, UsedOn, RowTotal) VALUES (@TenantId, @UsedOn, @Rows)");

    private static readonly TenantSql Note = TenantSql.Of("UPDATE Imports SET CountedOn = @UsedOn WHERE TenantId = @TenantId AND Id = @ImportId");

    private static readonly TenantSql GiveBack = TenantSql.Of("""
        UPDATE ImportUsage
        SET RowTotal = CASE WHEN RowTotal > @Rows THEN RowTotal - @Rows ELSE 0 END
        WHERE TenantId = @TenantId
          AND UsedOn = (SELECT i.CountedOn FROM Imports i WHERE i.TenantId = @TenantId AND i.Id = @ImportId)
        """);
}

/// <summary>The section <c>Imports</c> of the configuration.</summary>
public sealed class ImportOptions
{
    /// <summary>The quota of each data set for a day (UTC).</summary>
    [Range(1, 1_000_000_000)] public long RowsPerDay { get; set; } = 5_000_000;
}
