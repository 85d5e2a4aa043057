using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Reports.Metrics;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Rows;

/// <summary>GET /reports/service/rows: what is behind a metric.</summary>
internal static class ListServiceRows
{
    /// <param name="metric">The key of a metric, as the report has it; left out: resolution.</param>
    /// <param name="from">The first day; left out: 28 days in all.</param>
    /// <param name="to">The last day; left out: today.</param>
    /// <param name="channel">Only tickets that began so.</param>
    /// <param name="team_id">Only tickets of this queue.</param>
    /// <param name="agent_id">Only this agent's tickets, and answers.</param>
    /// <param name="topic_id">Only tickets about this.</param>
    /// <param name="query">Place and order.</param>
    internal static async Task<Page<ServiceRow>> Handle(
        string? metric, DateOnly? from, DateOnly? to, string? channel, string? team_id, string? agent_id, string? topic_id, ListQuery query, CurrentSettings settings, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var filter = await ReportFilter.OfAsync(from, to, channel, team_id, agent_id, topic_id, settings, clock, ct);
        var (list, which) = ListOf(metric ?? "resolution", filter);
        var now = clock.GetUtcNow();
        return await list.ReadAsync(query, db, new { filter.Starts, Ends = metric == "backlog" && filter.Ends > now ? now : filter.Ends, Which = which, Now = now }, ct);
    }

    private static (ListOf<ServiceRow>, int Which) ListOf(string metric, ReportFilter filter) => metric switch
    {
        "first_response" => (ServiceRows.Answers.Where(Condition.All([Condition.Of("r.Cycle = {0}", 1), filter.OfReplies()])), 0),
        "next_response" => (ServiceRows.Answers.Where(Condition.All([Condition.Of("r.Cycle > {0}", 1), filter.OfReplies()])), 0),
        "resolution" => (ServiceRows.Solved.Where(filter.OfTickets()), 6),
        "one_touch_rate" => (ServiceRows.Solved.Where(filter.OfTickets()), 1),
        "reopen_rate" => (ServiceRows.Solved.Where(filter.OfTickets()), 2),
        "automation_rate" => (ServiceRows.Solved.Where(filter.OfTickets()), 3),
        "preemptive_rate" => (ServiceRows.Solved.Where(filter.OfTickets()), 4),
        "handle" => (ServiceRows.Solved.Where(Condition.All([Condition.Of("f.Replies > {0}", 0), filter.OfTickets()])), 5),
        "cost_per_contact" => (ServiceRows.Solved.Where(filter.OfTickets()), 5),
        "volume" or "resolution_rate" => (ServiceRows.Opened.Where(filter.OfTickets()), 0),
        "backlog" => (ServiceRows.Waiting.Where(filter.OfTickets()), 0),
        "sla_first_response" => (ServiceRows.Clocks.Where(filter.OfClocks()), 1),
        "sla_next_response" => (ServiceRows.Clocks.Where(filter.OfClocks()), 2),
        "sla_resolution" => (ServiceRows.Clocks.Where(filter.OfClocks()), 3),
        _ when filter.IsNarrowed && MetricDefinitions.NotOfTickets.Contains(metric) => throw ApiProblem.BadQuery("metric", "not_of_tickets", "It counts no tickets, so none of some channel, queue, agent or topic."),
        "bot_resolution" => (ServiceRows.Talks, 0),
        "deflection" => (ServiceRows.Contacts, 0),
        "journey" => throw ApiProblem.BadQuery("metric", "no_rows", "Ask for the orders of these days: GET /v1/orders."),
        _ => throw ApiProblem.BadQuery("metric", "value_invalid", $"One of: {string.Join(", ", MetricDefinitions.All.Keys)}."),
    };
}
