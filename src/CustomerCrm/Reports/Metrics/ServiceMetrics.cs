using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Figures;
using CustomerCrm.Reports.Settings;

namespace CustomerCrm.Reports.Metrics;

/// <summary>All metrics, one after the other, as of one moment.</summary>
internal sealed class ServiceMetrics(TenantDb db, DurationReading durations, TicketCounts tickets, OtherCounts others, TimeProvider clock)
{
    private static readonly string[] promises = ["sla_first_response", "sla_next_response", "sla_resolution"];

    public async Task<IReadOnlyList<ServiceMetric>> AllAsync(ReportFilter filter, CancellationToken ct)
    {
        var (now, narrowed) = (clock.GetUtcNow(), filter.OfTickets());
        var (opened, openedBefore) = (await tickets.OpenedAsync(filter.Starts, filter.Ends, narrowed, ct), await tickets.OpenedAsync(filter.BeforeStarts, filter.Starts, narrowed, ct));
        var (solved, solvedBefore) = (await tickets.SolvedAsync(filter.Starts, filter.Ends, narrowed, ct), await tickets.SolvedAsync(filter.BeforeStarts, filter.Starts, narrowed, ct));
        return
        [
            ServiceMetric.Counted("volume", opened.Total, openedBefore.Total, [ServiceFigure.Counted(opened.Total, openedBefore.Total)]),
            await TimesAsync("first_response", DurationSources.FirstResponse, DurationSources.FirstResponseOpen, filter, filter.OfReplies(), ct),
            await TimesAsync("next_response", DurationSources.NextResponse, DurationSources.NextResponseOpen, filter, filter.OfReplies(), ct),
            await TimesAsync("resolution", DurationSources.Resolution, DurationSources.ResolutionOpen, filter, narrowed, ct),
            await TimesAsync("handle", DurationSources.Handling, null, filter, narrowed, ct),
            Share("resolution_rate", Rate.Of(opened.SolvedByNow ?? 0, opened.Total), Rate.Of(openedBefore.SolvedByNow ?? 0, openedBefore.Total)),
            Share("one_touch_rate", Rate.Of(solved.OneTouch ?? 0, solved.Total), Rate.Of(solvedBefore.OneTouch ?? 0, solvedBefore.Total)),
            Share("reopen_rate", Rate.Of(solved.Reopened ?? 0, solved.Total), Rate.Of(solvedBefore.Reopened ?? 0, solvedBefore.Total)),
            Share("automation_rate", Rate.Of(solved.Automatic ?? 0, solved.Total), Rate.Of(solvedBefore.Automatic ?? 0, solvedBefore.Total)),
            Share("preemptive_rate", Rate.Of(solved.Preemptive ?? 0, solved.Total), Rate.Of(solvedBefore.Preemptive ?? 0, solvedBefore.Total)),
            .. await PromisesAsync(filter, now, ct),
            await BacklogAsync(filter, now, narrowed, ct),
            await CostAsync(solved, solvedBefore, ct),
            Share("bot_resolution", await others.BotsAsync(filter.Starts, filter.Ends, ct), await others.BotsAsync(filter.BeforeStarts, filter.Starts, ct), "no_bots"),
            Share("deflection", await others.DeflectionAsync(filter.Starts, filter.Ends, ct), await others.DeflectionAsync(filter.BeforeStarts, filter.Starts, ct), "no_contact_forms"),
            await JourneyAsync(filter, ct),
        ];
    }

    private async Task<ServiceMetric> TimesAsync(string key, DurationSource elapsed, DurationSource? open, ReportFilter filter, Condition narrowed, CancellationToken ct)
    {
        var (all, before) = (await durations.ReadAsync(elapsed, filter.Starts, filter.Ends, narrowed, ct), await durations.ReadAsync(elapsed, filter.BeforeStarts, filter.Starts, narrowed, ct));
        if (open is null) return ServiceMetric.Of(key, "seconds", all.N, before.N, all.Figures(null, before));
        var (business, businessBefore) = (await durations.ReadAsync(open, filter.Starts, filter.Ends, narrowed, ct), await durations.ReadAsync(open, filter.BeforeStarts, filter.Starts, narrowed, ct));
        return ServiceMetric.Of(key, "seconds", all.N, before.N, [.. business.Figures("business", businessBefore), .. all.Figures("elapsed", before)]);
    }

    private async Task<IEnumerable<ServiceMetric>> PromisesAsync(ReportFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        var (kept, before) = (await others.PromisesAsync(filter.Starts, filter.Ends, now, filter.OfClocks(), ct), await others.PromisesAsync(filter.BeforeStarts, filter.Starts, now, filter.OfClocks(), ct));
        return promises.Select((key, i) => Share(key, kept.GetValueOrDefault(i + 1), before.GetValueOrDefault(i + 1), "no_promises"));
    }

    private async Task<ServiceMetric> BacklogAsync(ReportFilter filter, DateTimeOffset now, Condition narrowed, CancellationToken ct)
    {
        var at = filter.Ends < now ? filter.Ends : now;
        var (waiting, before) = (await tickets.WaitingAsync(at, narrowed, ct), await tickets.WaitingAsync(filter.Starts, narrowed, ct));
        var ages = await tickets.AgesAsync(at, narrowed, ct) is { } one ? Durations.Of(one) : null;
        var agesBefore = await tickets.AgesAsync(filter.Starts, narrowed, ct) is { } other ? Durations.Of(other) : null;
        var counts = new[] { ("count", waiting.Total, before.Total), ("open_over_1_day", waiting.OverDay!.Value, before.OverDay!.Value), ("open_over_7_days", waiting.OverWeek!.Value, before.OverWeek!.Value), ("open_over_30_days", waiting.OverMonth!.Value, before.OverMonth!.Value) };
        return ServiceMetric.Counted("backlog", waiting.Total, before.Total,
        [
            .. counts.Select(count => ServiceFigure.Counted(count.Item2, count.Item3) with { Measure = count.Item1 }),
            // All of them are there, so nothing is estimated.
            .. ages is null ? [] : ages.Figures("elapsed", agesBefore ?? Durations.Of([])).Select(figure => figure with { Measure = $"age_{figure.Measure}_seconds", Low = null, High = null, Method = "none" }),
        ]);
    }

    private async Task<ServiceMetric> CostAsync(TicketCounts.Solved solved, TicketCounts.Solved before, CancellationToken ct)
    {
        var cost = (await ServiceSettings.ReadAsync(db, ct)).CostPerHourMinor;
        var (mean, meanBefore) = (MeanEstimate.Of(solved.Total, solved.HandleSeconds ?? 0, solved.HandleSquares ?? 0), MeanEstimate.Of(before.Total, before.HandleSeconds ?? 0, before.HandleSquares ?? 0));
        var metric = ServiceMetric.Of("cost_per_contact", "minor", cost is null ? 0 : solved.Total, before.Total, cost is null ? [] :
        [
            new ServiceFigure
            {
                Measure = "mean", Hours = null, Value = Cost(mean.Mean), Low = Cost(Math.Max(0, mean.Low)), High = Cost(mean.High), Method = "student_t", Before = Cost(meanBefore.Mean),
            },
        ], cost is null ? "no_cost_per_hour" : "no_data");
        return metric;

        double? Cost(double seconds) => double.IsNaN(seconds) ? null : Math.Round(seconds / 3600 * cost!.Value, 2);
    }

    private async Task<ServiceMetric> JourneyAsync(ReportFilter filter, CancellationToken ct)
    {
        var (all, before) = (Durations.Of(await others.JourneysAsync(filter.Starts, filter.Ends, ct)), Durations.Of(await others.JourneysAsync(filter.BeforeStarts, filter.Starts, ct)));
        return ServiceMetric.Of("journey", "seconds", all.N, before.N, all.Figures("elapsed", before));
    }

    private static ServiceMetric Share(string key, Rate rate, Rate before, string none = "no_data") => ServiceMetric.Of(key, "share", rate.N, before.N, [ServiceFigure.Of(rate, before)], none);
}
