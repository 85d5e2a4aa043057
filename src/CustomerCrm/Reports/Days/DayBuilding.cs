using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Days;

/// <summary>Counts the days that are over and were not counted, or have changed since, each in a short transaction of its own.</summary>
internal sealed class DayBuilding(TenantDb db, DayBook book, PartCounting counting, CurrentSettings settings, TimeProvider clock)
{
    // As far back as the longest report and what it is compared with.
    private const int MostDays = 2 * 366;

    private static readonly DayPart[] parts = [DayPart.Opened, DayPart.Answered, DayPart.Solved];

    public async Task BuildAsync(CancellationToken ct)
    {
        if (await RangeAsync(ct) is not var (first, today)) return;
        foreach (var part in parts)
        {
            var known = await book.ReadAsync(part, first, today, ct);
            for (var day = first; day < today; day = day.AddDays(1))
                if (!known.ContainsKey(day)) await BuildAsync(part, day, ct);
        }
    }

    /// <summary>What goes with its ticket, into the bin or out of it, says nothing of its days; but then there are more or fewer than were counted.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        var (calendar, today) = ((await settings.GetAsync(ct)).Calendar, (await settings.GetAsync(ct)).Calendar.DayOf(clock.GetUtcNow()));
        foreach (var part in parts)
            foreach (var (day, figures) in await book.ReadAsync(part, today.AddDays(-MostDays), today, ct))
                if (figures.N != await counting.NumberAsync(part, calendar.StartOf(day), calendar.StartOf(day.AddDays(1)), ct)) await book.UnbuildAsync(part, day, ct);
    }

    private async Task<(DateOnly First, DateOnly Today)?> RangeAsync(CancellationToken ct)
    {
        if (await counting.BeginningAsync(ct) is not { } beginning) return null;
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var (first, today) = (calendar.DayOf(beginning), calendar.DayOf(clock.GetUtcNow()));
        return (first < today.AddDays(-MostDays) ? today.AddDays(-MostDays) : first, today);
    }

    private async Task BuildAsync(DayPart part, DateOnly day, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var calendar = (await settings.GetAsync(ct)).Calendar;
        var version = 0;
        await db.InTransactionAsync(async () => version = await book.BeginAsync(part, day, ct), ct);
        var figures = await counting.CountAsync(part, calendar.StartOf(day), calendar.StartOf(day.AddDays(1)), null, ct);
        await book.KeepAsync(part, day, version, figures, ct);
    }
}
