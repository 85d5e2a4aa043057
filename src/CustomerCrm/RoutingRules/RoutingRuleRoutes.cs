using CustomerCrm.Agents;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Segments;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.RoutingRules;

internal static class RoutingRuleRoutes
{
    public static IServiceCollection AddRoutingRules(this IServiceCollection services) => services
        .AddScoped<AgentTurns>().AddScoped<RoutingTurn>().AddScoped<AgentsSeen>().AddScoped<RoutingDesk>().AddScoped<RoutingRuleWriter>().AddSingleton(NamesSegments.In<RoutingRule>("routing_rule_ids", RoutingRule.NamingSegment, rule => (rule.Id.ToString(), rule.Name)))
        .AddScoped<ITicketWatcher, RoutingWatcher>().AddScoped<IRedactionWatcher, RedactedDecisions>().AddEventConsumer<RoutingConsumer>().AddJob<AssignWaitingJob, AssignWaiting>();

    /// <summary>Which tickets go to which team, and to whom of it; why, and what happens when nobody can.</summary>
    public static void MapRoutingRules(this IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/routing_rules").WithTags("RoutingRules");

        rules.MapGet("/", List).WithName("ListRoutingRules").Needs("routing_rules:read").Lists(RoutingRule.List).Describe("List routing rules",
            "In the order in which tickets are held against them, unless `sort` says otherwise.");
        rules.MapPost("/", CreateRoutingRule.Handle).Needs("routing_rules:write").MayAnswer(409, "too_many_routing_rules").Describe("Create a routing rule",
            "A ticket that is opened for nobody is held against the rules in the transaction that opens it; the first whose condition holds takes it to its team, and to the agent who has all skills, is online, at work and has room: by turns (`round_robin`), who has the fewest open tickets (`least_busy`) or the largest share free (`capacity`). "
            + "While nobody can, it waits in the queue, or the next rule is asked (`if_nobody`). No agent is given more than their capacity, however many tickets come at once: new and open tickets count. Conditions ask of words, topic, priority, channel, language, tags, the customer's value, segment or history, and of what the installation adds. Tickets that wait are asked about anew.");
        rules.MapGet("/settings", ShowSettings).WithName("ShowRoutingSettings").Needs("routing_rules:read").Describe("Show the routing settings",
            "Where tickets go that no rule takes.");
        rules.MapPatch("/settings", ChangeRoutingSettings.Handle).Needs("routing_rules:write").Describe("Change the routing settings",
            "The fallback team's members are given, by turns, what no rule takes; what none of them can take waits in their queue. A ticket that is in a queue already stays there.");
        rules.MapGet("/waiting", ListWaiting.Handle).WithName("ListWaiting").Needs("routing_rules:read").Lists(ListWaiting.List).Describe("List waiting tickets",
            "What nobody could take yet, the longest wait first. They are given to somebody, the most urgent first, as soon as an agent has room, comes online, begins to work or learns a skill, or the rules change.");
        rules.MapPost("/dry_run", DryRunRouting.Handle).ReadsOnly().Needs("routing_rules:read").WithName("DryRunRouting").Describe("Try routing rules",
            $"Which of the given rules, or of those that there are, would have taken each of the last tickets, with what was seen. Nothing is done. It looks for at most {DryRunRouting.LongestSeconds} seconds, from the latest ticket backwards.");
        rules.MapGet("/{routing_rule_id}", Show).WithName("ShowRoutingRule").Needs("routing_rules:read").Describe("Show a routing rule",
            "With its definition. Its `ETag` is its revision.");
        rules.MapPatch("/{routing_rule_id}", ChangeRoutingRule.Handle).Needs("routing_rules:write").Describe("Change a routing rule",
            "Absent members stay; `definition` is replaced as a whole. Tickets that somebody has stay where they are.");
        rules.MapDelete("/{routing_rule_id}", ChangeRoutingRule.Remove).WithName("RemoveRoutingRule").Needs("routing_rules:write").Describe("Delete a routing rule",
            "What waits by it is held against the others. Decisions keep its name.");

        api.MapGet("/tickets/{ticket_id}/routing", TicketRouting.Show).WithName("ShowTicketRouting").WithTags("RoutingRules").Needs("routing_rules:read").Describe("Explain a ticket's routing",
            "Why it is where it is: every decision with each rule that was asked, node by node with the value seen, and each agent with why they were given it or not.");
        api.MapPost("/tickets/{ticket_id}/routing", TicketRouting.Again).WithName("RouteTicket").WithTags("RoutingRules").Needs("ticket_routing:write").MayAnswer(409, "ticket_assigned").Describe("Route a ticket again",
            "Holds a ticket that nobody has against the rules as they are now, out of whichever queue. 409 where somebody has it, or it is solved.");
        api.MapPost("/tickets/{ticket_id}/refusal", TicketRouting.HandBack).WithName("HandBackTicket").WithTags("RoutingRules").Needs("ticket_routing:write").MayAnswer(409, "not_the_assignee").Describe("Hand a ticket back",
            "Its assignee does not want it: it goes to somebody else by the rules, or waits, and they are not given it again. Records `ticket.handed_back`.");
    }

    internal static Task<Page<RoutingRule>> List(ListQuery query, TenantDb db, CancellationToken ct) => RoutingRule.List.ReadAsync(query, db, null, ct);

    internal static Task<RoutingRule> Show([FromRoute(Name = "routing_rule_id")] Id<RoutingRule> ruleId, TenantDb db, CancellationToken ct) => RoutingRule.FindAsync(ruleId, db, ct);

    internal static Task<RoutingSettings> ShowSettings(RoutingTurn turn, CancellationToken ct) => turn.SettingsAsync(ct);
}
