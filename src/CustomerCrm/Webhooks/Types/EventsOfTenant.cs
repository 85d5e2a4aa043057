using CustomerCrm.ApiKeys;
using CustomerCrm.AutomationRules;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.CustomFields;
using CustomerCrm.Exports;
using CustomerCrm.Imports;
using CustomerCrm.InboundHooks;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Invitations;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Providers;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Users;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Events about the tenant itself: its people, keys, automations and connections.</summary>
internal static class EventsOfTenant
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("api_key.created", "An API key was made.", typeof(ApiKey)),
        new("api_key.revoked", "An API key was revoked.", typeof(ApiKey)),
        new("api_key.updated", "An API key's name, scopes, origins or expiry changed.", typeof(ApiKey)),
        new("automation.approved", "A person let a firing act that a rule proposed.", typeof(AutomationFiring)),
        new("automation.declined", "A person decided against a firing that a rule proposed.", typeof(AutomationFiring)),
        new("automation.fired", "A rule has acted.", typeof(FiredRule)),
        new("automation.webhook_called", "A rule tells the outside, by its action call_webhook.", typeof(WebhookCalled)),
        new("automation_rule.created", "An automation rule was made.", typeof(AutomationRule)),
        new("automation_rule.deleted", "An automation rule was deleted.", typeof(AutomationRule)),
        new("automation_rule.paused", "A rule fired too often, and paused itself.", typeof(AutomationRule)),
        new("automation_rule.updated", "An automation rule changed.", typeof(AutomationRule)),
        new("business_calendar.created", "A calendar of business hours was made.", typeof(BusinessCalendar)),
        new("business_calendar.deleted", "A calendar of business hours was deleted.", typeof(BusinessCalendar)),
        new("business_calendar.updated", "A calendar of business hours changed.", typeof(BusinessCalendar)),
        new("custom_field.created", "A field of the tenant's own was made.", typeof(CustomField)),
        new("custom_field.deleted", "A field of the tenant's own was deleted.", typeof(CustomField)),
        new("custom_field.updated", "A field of the tenant's own changed.", typeof(CustomField)),
        new("export.deleted", "An export was deleted.", typeof(Export)),
        new("export.failed", "An export failed.", typeof(Export)),
        new("export.finished", "An export can be downloaded.", typeof(Export)),
        new("export.requested", "An export was asked for.", typeof(Export)),
        new("hook_delivery.refused", "What an inbound hook or a storefront received could not be applied.", typeof(RefusedDelivery)),
        new("import.cancelled", "An import was cancelled.", typeof(Import)),
        new("import.checked", "An import's dry run is done.", typeof(Import)),
        new("import.deleted", "An import was deleted.", typeof(Import)),
        new("import.failed", "An import failed.", typeof(Import)),
        new("import.finished", "An import is done.", typeof(Import)),
        new("import.progressed", "An import came further.", typeof(Progress)),
        new("import.started", "An import was started.", typeof(Import)),
        new("import.undone", "An import was undone.", typeof(Import)),
        new("import.updated", "An import's mapping or settings changed.", typeof(Import)),
        new("import.uploaded", "A file was uploaded for import.", typeof(Import)),
        new("inbound_hook.created", "An inbound hook was made.", typeof(InboundHook)),
        new("inbound_hook.deleted", "An inbound hook was deleted.", typeof(InboundHook)),
        new("inbound_hook.rotated", "An inbound hook has another address.", typeof(InboundHook)),
        new("inbound_hook.updated", "An inbound hook changed.", typeof(InboundHook)),
        new("invitation.created", "Somebody was invited.", typeof(Invitation)),
        new("invitation.deleted", "An invitation was withdrawn.", typeof(Invitation)),
        new("invitation.updated", "An invitation was sent again.", typeof(Invitation)),
        new("provider.connected", "An account at a provider was connected.", typeof(Provider)),
        new("provider.removed", "An account at a provider was disconnected.", typeof(Provider)),
        new("provider.updated", "An account at a provider changed.", typeof(Provider)),
        new("team.created", "A team was made.", typeof(Team)),
        new("team.deleted", "A team was deleted.", typeof(Team)),
        new("team.member_added", "Somebody joined a team.", typeof(TeamMembers.Change)),
        new("team.member_removed", "Somebody left a team.", typeof(TeamMembers.Change)),
        new("team.updated", "A team changed.", typeof(Team)),
        new("tenant.updated", "The tenant's settings changed.", typeof(TenantSettings)),
        new("user.created", "Somebody joined the tenant.", typeof(User)),
        new("user.deleted", "Somebody left the tenant.", typeof(User)),
        new("user.updated", "A user's name, address or role changed.", typeof(User)),
        new("webhook.created", "A webhook was made.", typeof(WebhookEntry)),
        new("webhook.deleted", "A webhook was deleted.", typeof(WebhookEntry)),
        new("webhook.disabled", "A webhook was disabled, because it is gone or failed for five days.", typeof(WebhookEntry)),
        new("webhook.exhausted", "An event was given up after every attempt to deliver it failed.", typeof(ExhaustedDelivery)),
        new(EventTypes.Test, "A test that was asked for; it is in no feed.", typeof(EventTypes.TestData)),
        new("webhook.updated", "A webhook changed, or its secret was rotated.", typeof(WebhookEntry)),
    ];
}
