using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Conditions;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.Segments;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.AutomationRules;

internal static class AutomationRuleRoutes
{
    public static IServiceCollection AddAutomationRules(this IServiceCollection services) => services
        .AddScoped<ConditionReading>().AddScoped<RuleActions>().AddScoped<AutomationRuleWriter>().AddScoped<FiringWriter>().AddSingleton(NamesSegments.In<AutomationRule>("automation_rule_ids", AutomationRule.NamingSegment, rule => (rule.Id.ToString(), rule.Name)))
        .AddScoped<IRuleAction, TagCustomer>().AddScoped<IRuleAction, UntagCustomer>().AddScoped<IRuleAction, AddToSegment>().AddScoped<IRuleAction, RemoveFromSegment>()
        .AddScoped<IRuleAction, CreateTaskAction>().AddScoped<IRuleAction, HandOver>().AddScoped<IRuleAction, AssignTask>().AddScoped<IRuleAction, CallWebhook>().AddScoped<IRuleAction, SendMessage>()
        .AddScoped<IForgets, ForgottenFirings>().AddScoped<IRestored, RestoredFirings>().AddEventConsumer<AutomationConsumer>().AddJob<RunFiringJob, RunFiring>().AddJob<PruneFiringsJob, PruneFirings>();

    /// <summary>When something happens, and it is so, then do this: rules over the event feed, each firing explained, and refused or handed to a person where that is wanted.</summary>
    public static void MapAutomationRules(this IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/automation_rules").WithTags("AutomationRules");

        rules.MapGet("/", List).WithName("ListAutomationRules").Needs("automation_rules:read").Lists(AutomationRule.List).Describe("List automation rules",
            "In the order in which they answer the same event, unless `sort` says otherwise.");
        rules.MapPost("/", CreateAutomationRule.Handle).Needs("automation_rules:write").MayAnswer(409, "too_many_rules").Describe("Create an automation rule",
            "It answers events from now on whose type is one of `events` and for which `condition` holds: a tree over the event's data and over the customer, the latter as segments ask. Events that were recorded quietly start nothing, nor does what rules record of themselves. "
            + $"A rule never answers its own effects, nor those of a chain of more than {FiringGuard.MostDepth} rules; `cooldown_seconds` keeps it from firing again for the same customer, and above `max_firings_per_hour` it pauses itself and records `automation_rule.paused`. Every refusal is in the log of firings. With `mode` `suggest` each firing waits for a person. 422 names each event, and whatever an action asks for, that is not there.");
        rules.MapGet("/actions", ListRuleActions.Handle).Needs("automation_rules:read").WithName("ListRuleActions").Describe("List what rules can do",
            "Every action with the members of its `with` and an example: what a form for rules is built from.");
        rules.MapGet("/proposals", ListProposals).WithName("ListProposals").Needs("automation_rules:read").Lists(AutomationFiring.Proposals).Describe("List proposals",
            "What rules of mode `suggest` wait to have decided, of all rules, the latest first: a person's inbox. Approve or decline each by its `rule_id` and `id`.");
        rules.MapPost("/dry_run", DryRunRule.Handle).ReadsOnly().Needs("automation_rules:read").WithName("DryRunDefinition").Describe("Try a rule on the past",
            $"How often a definition that is not saved would have fired on the events of the last {DryRunRule.Days} days, and up to {DryRunRule.SampleSize} of the times with what was seen. Nothing is done. It looks for at most {DryRunRule.LongestSeconds} seconds, from the latest event backwards: if that was not enough, `is_complete` is false.");
        rules.MapGet("/{automation_rule_id}", Show).WithName("ShowAutomationRule").Needs("automation_rules:read").Describe("Show an automation rule",
            "With its definition, and since when and why it has paused itself, if it has. Its `ETag` is its revision.");
        rules.MapPatch("/{automation_rule_id}", ChangeAutomationRule.Handle).Needs("automation_rules:write").Describe("Change an automation rule",
            "Absent members stay. Another `definition` is a new version, for events from now on; what waits goes on by the version it fired by. `is_enabled: true` also lets a rule go on that has paused itself.");
        rules.MapDelete("/{automation_rule_id}", ChangeAutomationRule.Remove).WithName("RemoveAutomationRule").Needs("automation_rules:write").Describe("Delete an automation rule",
            "With its versions and its log of firings; what waits is not done. What it did stays.");
        rules.MapGet("/{automation_rule_id}/versions", ListRuleVersions.Handle).Needs("automation_rules:read").Describe("List a rule's versions",
            "Every definition there was, the latest first, with who made it; at most a hundred. To go back to one, send it as the `definition` again.");
        rules.MapPost("/{automation_rule_id}/dry_run", DryRunRule.OfRule).ReadsOnly().Needs("automation_rules:read").Describe("Dry run of a rule",
            $"How often the rule as it is would have fired on the events of the last {DryRunRule.Days} days, whenever it was made, and up to {DryRunRule.SampleSize} of the times. Nothing is done.");
        rules.MapGet("/{automation_rule_id}/firings", ListFirings).WithName("ListFirings").Needs("automation_rules:read").Lists(AutomationFiring.List).Describe("List a rule's firings",
            "Each time it fired or was kept from it, the latest first, with the condition node by node and what each action did. `filter[status][eq]=proposed` finds those that wait for a person.");
        rules.MapGet("/{automation_rule_id}/firings/{firing_id}", ShowFiring).WithName("ShowFiring").Needs("automation_rules:read").Describe("Explain a firing",
            "Which event it answered, every value that was seen, what each action did with a link to what it made, and who decided where a person was asked.");
        rules.MapPost("/{automation_rule_id}/firings/{firing_id}/approval", DecideFiring.Approve).Needs("automation_rules:write").WithName("ApproveFiring").MayAnswer(409, "firing_not_proposed").Describe("Approve a firing",
            "Lets a firing act that a rule of mode `suggest` proposes. 409 where it waits for no decision any more.");
        rules.MapPost("/{automation_rule_id}/firings/{firing_id}/refusal", DecideFiring.Refuse).Needs("automation_rules:write").WithName("DeclineFiring").MayAnswer(409, "firing_not_proposed").Describe("Decline a firing",
            "A firing that a rule proposes is not to act. 409 where it waits for no decision any more.");
    }

    internal static Task<Page<AutomationRule>> List(ListQuery query, TenantDb db, CancellationToken ct) => AutomationRule.List.ReadAsync(query, db, null, ct);

    internal static Task<AutomationRule> Show([FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, TenantDb db, CancellationToken ct) => AutomationRule.FindAsync(ruleId, db, ct);

    internal static async Task<Page<AutomationFiring>> ListFirings([FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await AutomationRule.FindAsync(ruleId, db, ct);
        return await AutomationFiring.List.ReadAsync(query, db, new { RuleId = ruleId }, ct);
    }

    internal static Task<Page<AutomationFiring>> ListProposals(ListQuery query, TenantDb db, CancellationToken ct) => AutomationFiring.Proposals.ReadAsync(query, db, null, ct);

    internal static async Task<AutomationFiring> ShowFiring(
        [FromRoute(Name = "automation_rule_id")] Id<AutomationRule> ruleId, [FromRoute(Name = "firing_id")] Id<AutomationFiring> firingId, TenantDb db, CancellationToken ct)
    {
        await AutomationRule.FindAsync(ruleId, db, ct);
        return await AutomationFiring.FindAsync(ruleId, firingId, db, ct);
    }
}
