using CustomerCrm.Platform.People;

namespace CustomerCrm.Users;

/// <summary>
/// Who may do what: for each scope the last of the roles that has it, from owner over manager and agent to analyst. Whatever is
/// not written here is the owners' alone. The contract says the roles of every route; a test asks every route as every role.
/// </summary>
internal static class RoleTable
{
    private const Role Manager = Role.Manager, Agent = Role.Agent, Analyst = Role.Analyst;

    public static IReadOnlyDictionary<string, Role> Least { get; } = new Dictionary<string, Role>
    {
        ["customers:read"] = Analyst, ["customers:write"] = Agent,
        ["interactions:read"] = Analyst, ["interactions:write"] = Agent,
        ["consents:read"] = Analyst, ["consents:write"] = Agent,
        ["consent_topics:read"] = Analyst, ["consent_topics:write"] = Manager,
        ["suppressions:read"] = Analyst, ["suppressions:write"] = Manager,
        ["timeline:read"] = Analyst,
        ["orders:read"] = Analyst, ["orders:write"] = Agent,
        ["companies:read"] = Analyst, ["companies:write"] = Agent,
        ["notes:read"] = Analyst, ["notes:write"] = Agent,
        ["conversations:read"] = Analyst, ["conversations:write"] = Agent, ["redactions:write"] = Manager,
        ["channels:read"] = Analyst, ["channels:write"] = Manager,
        ["chat:read"] = Agent, ["chat:write"] = Agent,
        ["custom_fields:read"] = Analyst, ["custom_fields:write"] = Manager,
        ["products:read"] = Analyst, ["products:write"] = Manager,
        ["providers:read"] = Manager, ["providers:write"] = Manager,
        ["track:read"] = Analyst, ["track:write"] = Agent,
        ["help:read"] = Analyst, ["help:write"] = Manager,
        ["history:read"] = Analyst, ["search:read"] = Analyst,
        ["recycle_bin:read"] = Agent, ["recycle_bin:write"] = Manager,
        ["imports:read"] = Manager, ["imports:write"] = Manager,
        ["exports:read"] = Manager, ["exports:write"] = Manager,
        ["contact_policy:read"] = Analyst, ["contact_policy:write"] = Role.Owner,
        ["messages:read"] = Analyst, ["messages:write"] = Agent,
        ["templates:read"] = Analyst, ["templates:write"] = Manager,
        ["metadata:read"] = Analyst,
        ["tasks:read"] = Analyst, ["tasks:write"] = Agent,
        ["tickets:read"] = Analyst, ["tickets:write"] = Agent, ["ticket_statuses:write"] = Manager,
        ["canned_responses:read"] = Analyst, ["canned_responses:write"] = Agent,
        ["macros:read"] = Analyst, ["macros:write"] = Agent,
        ["inbound_hooks:read"] = Manager, ["inbound_hooks:write"] = Manager,
        ["storefronts:read"] = Manager, ["storefronts:write"] = Manager,
        ["articles:read"] = Analyst, ["articles:write"] = Agent, ["article_reviews:write"] = Manager,
        ["article_categories:read"] = Analyst, ["article_categories:write"] = Manager,
        ["automation_rules:read"] = Analyst, ["automation_rules:write"] = Manager,
        ["tags:read"] = Analyst, ["tags:write"] = Agent,
        ["reminders:read"] = Analyst, ["reminders:write"] = Agent,
        ["check_ins:read"] = Analyst, ["check_ins:write"] = Manager,
        ["agents:read"] = Analyst, ["agents:write"] = Manager, ["agent_presence:write"] = Agent,
        ["routing_rules:read"] = Analyst, ["routing_rules:write"] = Manager, ["ticket_routing:write"] = Agent,
        ["topics:read"] = Analyst, ["topics:write"] = Manager, ["ticket_topics:write"] = Agent,
        ["slas:read"] = Analyst, ["slas:write"] = Manager,
        ["sentiment:read"] = Analyst, ["sentiment:write"] = Agent,
        ["reports:read"] = Analyst, ["reports:write"] = Manager,
        ["surveys:read"] = Analyst, ["surveys:write"] = Manager,
        ["survey_responses:read"] = Analyst, ["survey_responses:write"] = Agent,
        ["segments:read"] = Analyst, ["segments:write"] = Manager,
        ["insights:read"] = Analyst, ["insights:write"] = Manager,
        ["users:read"] = Analyst, ["users:write"] = Manager,
        ["bots:read"] = Analyst, ["bots:write"] = Manager,
        ["business_calendars:read"] = Analyst, ["business_calendars:write"] = Manager,
        ["teams:read"] = Analyst, ["teams:write"] = Manager,
        ["tenant:read"] = Analyst, ["tenant:write"] = Role.Owner,
        ["events:read"] = Manager,
        ["webhooks:read"] = Manager, ["webhooks:write"] = Role.Owner,
        ["jobs:read"] = Manager, ["jobs:write"] = Manager,
        ["api_keys:read"] = Role.Owner, ["api_keys:write"] = Role.Owner,
    };
}
