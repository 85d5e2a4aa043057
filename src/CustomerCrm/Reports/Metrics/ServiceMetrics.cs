using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Platform.Data;
using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Figures;
using CustomerCrm.Reports.Settings;

namespace CustomerCrm.Reports.Metrics;

/// <summary>All metrics, one after the other, as of one moment.</summary>
internal sealed class ServiceMetrics(TenantDb db, PeriodReading periods, DurationReading durations, TicketCounts tickets, OtherCounts others, TimeProvider clock)
{
    private static readonly string[] promises = ["sla_first_response", "sla_next_response", "sla_resolution"];

    public async Task<IReadOnlyList<ServiceMetric>> AllAsync(ReportFilter filter, CancellationToken ct)
    {
        var (now, narrowed) = (clock.GetUtcNow(), filter.OfTickets());
        var (current, before) = (await periods.ReadAsync(filter, filter.Range.From, filter.Range.To.AddDays(1), ct), await periods.ReadAsync(filter, filter.BeforeFrom, filter.Range.From, ct));
        return
        [
            ServiceMetric.Counted("volume", current.Opened.N, before.Opened.N, [ServiceFigure.Counted(current.Opened.N, before.Opened.N)]),
            await TimesAsync("first_response", ServiceTime.FirstResponse, ServiceTime.FirstResponseOpen, filter, filter.OfReplies(), current, before, ct),
            await TimesAsync("next_response", ServiceTime.NextResponse, ServiceTime.NextResponseOpen, filter, filter.OfReplies(), current, before, ct),
            await TimesAsync("resolution", ServiceTime.Resolution, ServiceTime.ResolutionOpen, filter, narrowed, current, before, ct),
            await TimesAsync("handle", ServiceTime.Handling, null, filter, narrowed, current, before, ct),
            Share("resolution_rate", RateOf(current.Opened, 1), RateOf(before.Opened, 1)),
            Share("one_touch_rate", RateOf(current.Solved, 1), RateOf(before.Solved, 1)),
            Share("reopen_rate", RateOf(current.Solved, 2), RateOf(before.Solved, 2)),
            Share("automation_rate", RateOf(current.Solved, 3), RateOf(before.Solved, 3)),
            Share("preemptive_rate", RateOf(current.Solved, 4), RateOf(before.Solved, 4)),
            .. await PromisesAsync(filter, now, ct),
            await BacklogAsync(filter, now, narrowed, ct),
            await CostAsync(current, before, ct),
            .. filter.IsNarrowed ? NotOfTickets() : await OfOthersAsync(filter, ct),
        ];
    }

    private static IEnumerable<ServiceMetric> NotOfTickets() => MetricDefinitions.NotOfTickets.Select(key => ServiceMetric.Of(key, key == "journey" ? "seconds" : "share", 0, 0, [], "not_of_tickets"));

    private async Task<IEnumerable<ServiceMetric>> OfOthersAsync(ReportFilter filter, CancellationToken ct) =>
    [
        Share("bot_resolution", await others.BotsAsync(filter.Starts, filter.Ends, ct), await others.BotsAsync(filter.BeforeStarts, filter.Starts, ct), "no_bots"),
        Share("deflection", await others.DeflectionAsync(filter.Starts, filter.Ends, ct), await others.DeflectionAsync(filter.BeforeStarts, filter.Starts, ct), "no_contact_forms"),
        await JourneyAsync(filter, ct),
    ];

    private async Task<ServiceMetric> TimesAsync(string key, ServiceTime elapsed, ServiceTime? open, ReportFilter filter, Condition narrowed, PeriodFigures current, PeriodFigures before, CancellationToken ct)
    {
        var (all, allBefore) = (await NowAsync(elapsed), await ThenAsync(elapsed));
        if (open is not { } business) return ServiceMetric.Of(key, "seconds", all.N, allBefore.N, all.Figures(null, allBefore));
        return ServiceMetric.Of(key, "seconds", all.N, allBefore.N, [.. (await NowAsync(business)).Figures("business", await ThenAsync(business)), .. all.Figures("elapsed", allBefore)]);

        Task<Durations> NowAsync(ServiceTime time) => durations.WithValuesAsync(current.Of(time), time, filter.Starts, filter.Ends, narrowed, ct);

        Task<Durations> ThenAsync(ServiceTime time) => durations.WithValuesAsync(before.Of(time), time, filter.BeforeStarts, filter.Starts, narrowed, ct);
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
        var (ages, agesBefore) = (waiting.Ages is { } one ? Durations.Of(one) : null, before.Ages is { } other ? Durations.Of(other) : null);
        var counts = new[] { ("count", waiting.Total, before.Total), ("open_over_1_day", waiting.OverDay, before.OverDay), ("open_over_7_days", waiting.OverWeek, before.OverWeek), ("open_over_30_days", waiting.OverMonth, before.OverMonth) };
        return ServiceMetric.Counted("backlog", waiting.Total, before.Total,
        [
            .. counts.Select(count => ServiceFigure.Counted(count.Item2, count.Item3) with { Measure = count.Item1 }),
            // All of them are there, so nothing is estimated.
            .. ages is null ? [] : ages.Figures("elapsed", agesBefore ?? Durations.Of([])).Select(figure => figure with { Measure = $"age_{figure.Measure}_seconds", Low = null, High = null, Method = "none" }),
        ]);
    }

    private async Task<ServiceMetric> CostAsync(PeriodFigures current, PeriodFigures before, CancellationToken ct)
    {
        var cost = (await ServiceSettings.ReadAsync(db, ct)).CostPerHourMinor;
        var (mean, meanBefore) = (MeanOf(current), MeanOf(before));
        var metric = ServiceMetric.Of("cost_per_contact", "minor", cost is null ? 0 : current.Solved.N, before.Solved.N, cost is null ? [] :
        [
            new ServiceFigure
            {
                Measure = "mean", Hours = null, Value = Cost(mean.Mean), Low = Cost(Math.Max(0, mean.Low)), High = Cost(mean.High), Method = "student_t", Before = Cost(meanBefore.Mean),
            },
        ], cost is null ? "no_cost_per_hour" : "no_data");
        return metric;

        // Those that no person answered cost nothing, and are contacts all the same.
        static MeanEstimate MeanOf(PeriodFigures period) => MeanEstimate.Of(period.Solved.N, period.Of(ServiceTime.Handling).Sum, period.Of(ServiceTime.Handling).Squares);

        double? Cost(double seconds) => double.IsNaN(seconds) ? null : Math.Round(seconds / 3600 * cost!.Value, 2);
    }

    private async Task<ServiceMetric> JourneyAsync(ReportFilter filter, CancellationToken ct)
    {
        var (all, before) = (Durations.Of(await others.JourneysAsync(filter.Starts, filter.Ends, ct)), Durations.Of(await others.JourneysAsync(filter.BeforeStarts, filter.Starts, ct)));
        return ServiceMetric.Of("journey", "seconds", all.N, before.N, all.Figures("elapsed", before));
    }

    private static Rate RateOf(PartFigures part, int count) => Rate.Of((int)part.Counts[count], (int)part.N);

    private static ServiceMetric Share(string key, Rate rate, Rate before, string none = "no_data") => ServiceMetric.Of(key, "share", rate.N, before.N, [ServiceFigure.Of(rate, before)], none);
}
