using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Metrics;

/// <summary>GET /reports/service: all metrics of service between two days, beside those of as many days just before.</summary>
public static class ShowServiceReport
{
    public sealed record Report
    {
        /// <summary>The first day, in the tenant's zone.</summary>
        public required DateOnly From { get; init; }

        /// <summary>The last day, included.</summary>
        public required DateOnly To { get; init; }

        /// <summary>The first of the days that it is compared with.</summary>
        public required DateOnly BeforeFrom { get; init; }

        public required string TimeZone { get; init; }

        /// <summary>ISO 4217, of costs.</summary>
        public required string Currency { get; init; }

        public required IReadOnlyList<ServiceMetric> Metrics { get; init; }
    }

    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    /// <param name="channel">Only tickets that began so.</param>
    /// <param name="team_id">Only tickets of this queue.</param>
    /// <param name="agent_id">Only this agent's tickets, and answers.</param>
    /// <param name="topic_id">Only tickets about this.</param>
    internal static async Task<Report> Handle(
        DateOnly? from, DateOnly? to, string? channel, string? team_id, string? agent_id, string? topic_id, ServiceMetrics metrics, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var filter = await ReportFilter.OfAsync(from, to, channel, team_id, agent_id, topic_id, settings, clock, ct);
        return new Report
        {
            From = filter.Range.From,
            To = filter.Range.To,
            BeforeFrom = filter.BeforeFrom,
            TimeZone = tenant.TimeZone,
            Currency = tenant.Currency,
            Metrics = await db.InSnapshotAsync(() => metrics.AllAsync(filter, ct), ct),
        };
    }
}
