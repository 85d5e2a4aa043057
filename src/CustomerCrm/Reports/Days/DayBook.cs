using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Days;

/// <summary>
/// Days that were counted. Whoever changes a fact marks its day in the same transaction, and whoever counts a day keeps it only if it was not marked since: so a day
/// that is read here is what its facts come to.
/// </summary>
internal sealed class DayBook(TenantDb db, CurrentSettings settings)
{
    /// <summary>A fact of this moment is other than before.</summary>
    public async Task MarkAsync(DayPart part, DateTimeOffset at, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var row = new { Day = tenant.Calendar.DayOf(at), Part = part, Zone = tenant.TimeZone };
        while (await db.ExecuteAsync(Mark, row, ct) == 0)
        {
            try
            {
                await db.ExecuteAsync(InsertMarked, row, ct); // also of a day that nobody has counted yet: so whoever counts it now waits for this
                return;
            }
            catch (DuplicateKeyException)
            {
                // Somebody was faster.
            }
        }
    }

    public Task UnbuildAsync(DayPart part, DateOnly day, CancellationToken ct) => db.ExecuteAsync(Mark, new { Day = day, Part = part }, ct);

    /// <summary>What is known of a part, by day.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, PartFigures>> ReadAsync(DayPart part, DateOnly from, DateOnly end, CancellationToken ct) =>
        (await db.QueryAsync<Built>(BuiltDays, new { Part = part, From = from, End = end, Zone = (await settings.GetAsync(ct)).TimeZone }, ct))
            .Select(row => (row.Day, Figures: row.Content is null ? null : PartPacking.Unpack(part, row.Content))).Where(row => row.Figures is not null).ToDictionary(row => row.Day, row => row.Figures!);

    /// <returns>The version that is to be named when it is kept.</returns>
    public async Task<int> BeginAsync(DayPart part, DateOnly day, CancellationToken ct)
    {
        var row = new { Day = day, Part = part, Zone = (await settings.GetAsync(ct)).TimeZone };
        if (await db.FindAsync<int?>(VersionOf, row, ct) is { } version) return version;
        try
        {
            await db.ExecuteAsync(InsertMarked, row, ct);
            return 1;
        }
        catch (DuplicateKeyException) // a fact of it has just changed
        {
            return await db.FindAsync<int>(VersionOf, row, ct);
        }
    }

    /// <returns>False: a fact of it has changed meanwhile.</returns>
    public async Task<bool> KeepAsync(DayPart part, DateOnly day, int version, PartFigures figures, CancellationToken ct) =>
        await db.ExecuteAsync(Keep, new { Day = day, Part = part, Zone = (await settings.GetAsync(ct)).TimeZone, Version = version, figures.N, Content = PartPacking.Pack(figures) }, ct) == 1;

    /// <summary>The tenant lives by another clock: what lies between other midnights is of no use.</summary>
    public async Task ForgetOtherZonesAsync(CancellationToken ct) => await db.ExecuteAsync(ForgetZones, new { Zone = (await settings.GetAsync(ct)).TimeZone }, ct);

    private sealed record Built
    {
        public required DateOnly Day { get; init; }
        public byte[]? Content { get; init; }
    }

    private static readonly TenantSql Mark = TenantSql.Of("UPDATE ServiceDays SET IsBuilt = 0, Version = Version + 1 WHERE TenantId = @TenantId AND Day = @Day AND Part = @Part");

    private static readonly TenantSql InsertMarked = TenantSql.Of("INSERT INTO ServiceDays (TenantId, Day, Part, Zone, IsBuilt, Version, N) VALUES (@TenantId, @Day, @Part, @Zone, 0, 1, 0)");

    private static readonly TenantSql VersionOf = TenantSql.Of("SELECT d.Version FROM ServiceDays d WHERE d.TenantId = @TenantId AND d.Day = @Day AND d.Part = @Part");

    private static readonly TenantSql Keep = TenantSql.Of("""
        UPDATE ServiceDays
        SET IsBuilt = 1, Zone = @Zone, N = @N, Content = @Content
        WHERE TenantId = @TenantId
          AND Day = @Day
          AND Part = @Part
          AND Version = @Version
        """);

    private static readonly TenantSql BuiltDays = TenantSql.Of("""
        SELECT d.Day, d.Content
        FROM ServiceDays d
        WHERE d.TenantId = @TenantId
          AND d.Day >= @From
          AND d.Day < @End
          AND d.Part = @Part
          AND d.IsBuilt = 1
          AND d.Zone = @Zone
        """);

    private static readonly TenantSql ForgetZones = TenantSql.Of("DELETE FROM ServiceDays WHERE TenantId = @TenantId AND Zone <> @Zone");
}
