using CustomerCrm.Agents;
using CustomerCrm.ApiKeys;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles;
using CustomerCrm.Articles.Translations;
using CustomerCrm.AutomationRules;
using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Bots;
using CustomerCrm.Bots.Answering;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.CheckIns;
using CustomerCrm.CheckIns.Runs;
using CustomerCrm.CannedResponses;
using CustomerCrm.Channels;
using CustomerCrm.Companies;
using CustomerCrm.Companies.People;
using CustomerCrm.Consents;
using CustomerCrm.ConsentTopics;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Exports;
using CustomerCrm.Help;
using CustomerCrm.Imports;
using CustomerCrm.InboundHooks;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Insights.Backtests;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Interactions;
using CustomerCrm.Invitations;
using CustomerCrm.Macros;
using CustomerCrm.Messages;
using CustomerCrm.Notes;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Products;
using CustomerCrm.Providers;
using CustomerCrm.RecycleBin;
using CustomerCrm.Reminders;
using CustomerCrm.RoutingRules;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Reports.Settings;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Sentiment;
using CustomerCrm.Sentiment.Shifts;
using CustomerCrm.Slas;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Storefronts;
using CustomerCrm.Suppressions;
using CustomerCrm.SurveyResponses;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Tags;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Templates;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;
using CustomerCrm.Topics;
using CustomerCrm.Topics.Reading;
using CustomerCrm.Topics.Training;
using CustomerCrm.Tickets.Links;
using CustomerCrm.Tickets.Moves;
using CustomerCrm.Tickets.Settings;
using CustomerCrm.Tickets.Views;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Track;
using CustomerCrm.Track.Visitors;
using CustomerCrm.Users;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Every event there is. A feature that records a new one adds its line; a test compares them with the code.</summary>
internal static class EventTypes
{
    public const string Test = "webhook.test";

    public static IReadOnlyList<EventType> All { get; } =
    [
        new("agent.changed", "A user takes tickets, or others than before.", typeof(Agent)),
        new("agent.presence_changed", "An agent has come or gone.", typeof(Agent)),
        new("agent.removed", "A user takes no tickets any more.", typeof(Agent)),
        new("api_key.created", "An API key was made.", typeof(ApiKey)),
        new("api_key.revoked", "An API key was revoked.", typeof(ApiKey)),
        new("api_key.updated", "An API key's name, scopes, origins or expiry changed.", typeof(ApiKey)),
        new("article.approved", "A text of an article may be published as it is.", typeof(TranslationStatus)),
        new("article.created", "An article was written, as a draft.", typeof(Article)),
        new("article.deleted", "An article is gone, with its texts.", typeof(Article)),
        new("article.published", "Readers see a new version of an article's text.", typeof(TranslationStatus)),
        new("article.rejected", "A text of an article is to be changed, and is a draft again.", typeof(TranslationStatus)),
        new("article.review_requested", "A text of an article waits for a reviewer.", typeof(TranslationStatus)),
        new("article.unpublished", "Readers do not see an article's text any more.", typeof(TranslationStatus)),
        new("article.updated", "An article or one of its texts was changed.", typeof(Article)),
        new("article_category.created", "An article category was made.", typeof(ArticleCategory)),
        new("article_category.deleted", "An article category is gone.", typeof(ArticleCategory)),
        new("article_category.updated", "An article category was renamed or moved.", typeof(ArticleCategory)),
        new("article_settings.updated", "Synonyms or the rule for reviews changed.", typeof(ArticleSettings)),
        new("automation.approved", "A person let a firing act that a rule proposed.", typeof(AutomationFiring)),
        new("automation.declined", "A person decided against a firing that a rule proposed.", typeof(AutomationFiring)),
        new("automation.fired", "A rule has acted.", typeof(FiredRule)),
        new("automation.webhook_called", "A rule tells the outside, by its action call_webhook.", typeof(WebhookCalled)),
        new("automation_rule.created", "An automation rule was made.", typeof(AutomationRule)),
        new("automation_rule.deleted", "An automation rule was deleted.", typeof(AutomationRule)),
        new("automation_rule.paused", "A rule fired too often, and paused itself.", typeof(AutomationRule)),
        new("automation_rule.updated", "An automation rule changed.", typeof(AutomationRule)),
        new("bot.created", "A bot was made.", typeof(Bot)),
        new("bot.deleted", "A bot is gone.", typeof(Bot)),
        new("bot.handed_over", "A bot gave a conversation to people, with all that it had learnt.", typeof(BotNews)),
        new("bot.published", "Another version of a bot's flow answers.", typeof(Bot)),
        new("bot.resolved", "A bot came to the end of what a customer wanted.", typeof(BotNews)),
        new("bot.updated", "A bot or its flow was changed.", typeof(Bot)),
        new("business_calendar.created", "A calendar of business hours was made.", typeof(BusinessCalendar)),
        new("business_calendar.deleted", "A calendar of business hours was deleted.", typeof(BusinessCalendar)),
        new("business_calendar.updated", "A calendar of business hours changed.", typeof(BusinessCalendar)),
        new("check_in.created", "A check-in was made.", typeof(CheckIn)),
        new("check_in.deleted", "A check-in was deleted.", typeof(CheckIn)),
        new("check_in.run", "A customer was asked by a check-in, or why not.", typeof(CheckInRun)),
        new("check_in.updated", "A check-in changed.", typeof(CheckIn)),
        new("canned_response.created", "A canned response was made.", typeof(CannedResponse)),
        new("canned_response.deleted", "A canned response was deleted.", typeof(CannedResponse)),
        new("canned_response.updated", "A canned response changed.", typeof(CannedResponse)),
        new("channel.created", "A channel was made.", typeof(Channel)),
        new("channel.deleted", "A channel was deleted.", typeof(Channel)),
        new("channel.updated", "A channel changed.", typeof(Channel)),
        new("company.created", "A company was added.", typeof(Company)),
        new("company.deleted", "A company was put into the recycle bin.", typeof(Company)),
        new("company.person_added", "A customer was added to a company.", typeof(CompanyPerson)),
        new("company.person_changed", "A customer's place in a company changed.", typeof(CompanyPerson)),
        new("company.person_removed", "A customer was taken out of a company.", typeof(CompanyPerson)),
        new("company.purged", "A company was deleted from the recycle bin, for good.", typeof(Purged)),
        new("company.restored", "A company came back from the recycle bin.", typeof(Company)),
        new("company.updated", "A company changed.", typeof(Company)),
        new("consent.changed", "What a customer agreed to is otherwise than before.", typeof(ChangedConsent)),
        new("consent.pending", "A customer is asked to confirm a consent.", typeof(ChangedConsent)),
        new("consent_topic.created", "A topic of consents was made.", typeof(ConsentTopic)),
        new("consent_topic.deleted", "A topic of consents was deleted.", typeof(ConsentTopic)),
        new("consent_topic.updated", "A topic of consents changed.", typeof(ConsentTopic)),
        new("contact_policy.updated", "The contact policy changed.", typeof(Policy)),
        new("conversation.assigned", "A conversation was given to a user or a team, or to nobody.", typeof(Conversation)),
        new("conversation.automatic_reply_received", "A program of a customer's answered: an out-of-office note.", typeof(ConversationEntry)),
        new("conversation.closed", "A conversation was closed.", typeof(Conversation)),
        new("conversation.delivery_changed", "It is known what became of an answer on a channel of the tenant's own.", typeof(ConversationEntry)),
        new("conversation.file_failed", "A file of a customer's message cannot be fetched; media says why.", typeof(ConversationEntry)),
        new("conversation.file_received", "A file of a customer's message was fetched and is among its attachments.", typeof(ConversationEntry)),
        new("conversation.message_received", "A customer wrote or said something; each message once.", typeof(ConversationEntry)),
        new("conversation.message_redacted", "What an entry said was taken away.", typeof(ConversationEntry)),
        new("conversation.message_sent", "An agent or a bot answered a customer.", typeof(ConversationEntry)),
        new("conversation.moved", "A conversation turned out to be another customer's.", typeof(ConversationMoved)),
        new("conversation.note_added", "An internal note was written in a conversation.", typeof(ConversationEntry)),
        new("conversation.purged", "A conversation was deleted from the recycle bin, for good.", typeof(Purged)),
        new("conversation.removed", "A conversation was put into the recycle bin, with all that was said in it.", typeof(Conversation)),
        new("conversation.reopened", "A conversation that was closed is open again.", typeof(Conversation)),
        new("conversation.restored", "A conversation came back from the recycle bin.", typeof(Conversation)),
        new("conversation.started", "A conversation began.", typeof(Conversation)),
        new("conversation.updated", "A conversation changed in another way.", typeof(Conversation)),
        new("conversation.users_mentioned", "Users were named in a conversation.", typeof(ConversationEntry)),
        new("custom_field.created", "A field of the tenant's own was made.", typeof(CustomField)),
        new("custom_field.deleted", "A field of the tenant's own was deleted.", typeof(CustomField)),
        new("custom_field.updated", "A field of the tenant's own changed.", typeof(CustomField)),
        new("customer.created", "A customer was created, with the identities that came along.", typeof(CreatedCustomer)),
        new("customer.purged", "A customer was deleted from the recycle bin, for good.", typeof(Purged)),
        new("customer.removed", "A customer was put into the recycle bin.", typeof(Customer)),
        new("customer.restored", "A customer came back from the recycle bin.", typeof(Customer)),
        new("customer.tagged", "A tag was put on a customer.", typeof(TagChange)),
        new("customer.untagged", "A tag was taken off a customer.", typeof(TagChange)),
        new("customer.updated", "A customer changed.", typeof(Customer)),
        new("export.deleted", "An export was deleted.", typeof(Export)),
        new("export.failed", "An export failed.", typeof(Export)),
        new("export.finished", "An export can be downloaded.", typeof(Export)),
        new("export.requested", "An export was asked for.", typeof(Export)),
        new("hook_delivery.refused", "What an inbound hook or a storefront received could not be applied.", typeof(RefusedDelivery)),
        new("help_center.updated", "The help pages have another name, title or form.", typeof(HelpCenter)),
        new("identity.added", "An identity was added to a customer.", typeof(Identity)),
        new("identity.moved", "An identity was moved to another customer; told for both.", typeof(IdentityMoved)),
        new("identity.removed", "An identity was taken from a customer.", typeof(Identity)),
        new("identity.updated", "An identity changed.", typeof(Identity)),
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
        new("insights.backtested", "A back-test of the lifetime models is done.", typeof(Backtest)),
        new("insights.fitted", "The lifetime models were fitted anew.", typeof(Fit)),
        new("interaction.purged", "An interaction was deleted from the recycle bin, for good.", typeof(Purged)),
        new("interaction.recorded", "An interaction with a customer was recorded.", typeof(Interaction)),
        new("interaction.removed", "An interaction was put into the recycle bin.", typeof(Interaction)),
        new("interaction.restored", "An interaction came back from the recycle bin.", typeof(Interaction)),
        new("interaction.updated", "An interaction changed.", typeof(Interaction)),
        new("invitation.created", "Somebody was invited.", typeof(Invitation)),
        new("invitation.deleted", "An invitation was withdrawn.", typeof(Invitation)),
        new("invitation.updated", "An invitation was sent again.", typeof(Invitation)),
        new("macro.applied", "A macro was applied to a ticket; steps says what each step has done.", typeof(ApplyMacro.Applied)),
        new("macro.created", "A macro was made.", typeof(Macro)),
        new("macro.deleted", "A macro was deleted.", typeof(Macro)),
        new("macro.updated", "A macro changed.", typeof(Macro)),
        new("message.bounced", "A message came back.", typeof(Message)),
        new("message.cancelled", "A message was called off before it left.", typeof(Message)),
        new("message.clicked", "A link of a message was followed.", typeof(Message)),
        new("message.complained", "A message was called spam.", typeof(Message)),
        new("message.deferred", "A message waits for a time at which it may leave.", typeof(Message)),
        new("message.delivered", "A message was delivered.", typeof(Message)),
        new("message.failed", "A message was not sent.", typeof(Message)),
        new("message.opened", "A message was opened, as its provider says.", typeof(Message)),
        new("message.queued", "A message is to be sent.", typeof(Message)),
        new("message.refused", "The contact policy does not allow a message.", typeof(Message)),
        new("message.sent", "A message was handed to its provider.", typeof(Message)),
        new("message.unknown", "It is not known whether a message was sent.", typeof(Message)),
        new("note.created", "A note was written.", typeof(Note)),
        new("note.deleted", "A note was deleted.", typeof(Note)),
        new("note.updated", "A note changed.", typeof(Note)),
        new("order.cancelled", "An order was cancelled.", typeof(Order)),
        new("order.delivered", "An order was delivered.", typeof(Order)),
        new("order.fulfilled", "An order was fulfilled.", typeof(Order)),
        new("order.moved", "An order became another customer's.", typeof(Order)),
        new("order.paid", "An order was paid.", typeof(Order)),
        new("order.partially_fulfilled", "A part of an order was fulfilled.", typeof(Order)),
        new("order.payment_failed", "The payment of an order failed.", typeof(Order)),
        new("order.placed", "An order was placed.", typeof(Order)),
        new("order.purged", "An order was deleted from the recycle bin, for good.", typeof(Purged)),
        new("order.refunded", "Money of an order was paid back.", typeof(Order)),
        new("order.removed", "An order was put into the recycle bin.", typeof(Order)),
        new("order.restored", "An order came back from the recycle bin.", typeof(Order)),
        new("order.returned", "An order came back from the customer.", typeof(Order)),
        new("order.shipped", "An order was shipped.", typeof(Order)),
        new("order.tagged", "A tag was put on an order.", typeof(TagChange)),
        new("order.untagged", "A tag was taken off an order.", typeof(TagChange)),
        new("order.updated", "An order changed in another way than by a step of its life.", typeof(Order)),
        new("product.created", "A product was added.", typeof(Product)),
        new("product.deleted", "A product was put into the recycle bin.", typeof(Product)),
        new("product.purged", "A product was deleted from the recycle bin, for good.", typeof(Purged)),
        new("product.restored", "A product came back from the recycle bin.", typeof(Product)),
        new("product.updated", "A product changed.", typeof(Product)),
        new("provider.connected", "An account at a provider was connected.", typeof(Provider)),
        new("provider.removed", "An account at a provider was disconnected.", typeof(Provider)),
        new("provider.updated", "An account at a provider changed.", typeof(Provider)),
        new("reminder.dropped", "A reminder is not needed any more.", typeof(Reminder)),
        new("reminder.reminded", "A reminder has become a task.", typeof(Reminder)),
        new("reminder.set", "Somebody wants to be reminded of a ticket.", typeof(Reminder)),
        new("routing_rule.created", "A routing rule was made.", typeof(RoutingRule)),
        new("routing_rule.deleted", "A routing rule was deleted.", typeof(RoutingRule)),
        new("routing_rule.settings_changed", "Where tickets go that no rule takes changed.", typeof(RoutingSettings)),
        new("routing_rule.updated", "A routing rule changed.", typeof(RoutingRule)),
        new("segment.built", "A segment's members were looked for.", typeof(Segment)),
        new("segment.created", "A segment was made.", typeof(Segment)),
        new("segment.deleted", "A segment was deleted.", typeof(Segment)),
        new("segment.entered", "A customer entered a segment.", typeof(MembershipChange)),
        new("segment.left", "A customer left a segment.", typeof(MembershipChange)),
        new("segment.updated", "A segment changed.", typeof(Segment)),
        new("sentiment.corrected", "A person said how a customer felt in an interaction, or took it back.", typeof(InteractionSentiment)),
        new("sentiment.shifted", "Far more or far fewer customers than before were unhappy.", typeof(SentimentShift)),
        new("sla.acknowledgement_changed", "The automatic answer outside business hours changed.", typeof(AcknowledgementPolicy)),
        new("sla.breached", "A promise to a customer was missed.", typeof(SlaAlert)),
        new("sla.created", "An SLA was made.", typeof(SlaPolicy)),
        new("sla.deleted", "An SLA was deleted.", typeof(SlaPolicy)),
        new("sla.escalated", "What an SLA says is done as a due time comes near or is over was done.", typeof(SlaAlert)),
        new("sla.updated", "An SLA changed.", typeof(SlaPolicy)),
        new("sla.warning", "A promise to a customer will soon be missed.", typeof(SlaAlert)),
        new("service_settings.updated", "The settings of reports of service changed.", typeof(ServiceSettings)),
        new("storefront.created", "A storefront was connected.", typeof(Storefront)),
        new("storefront.deleted", "A storefront was taken away.", typeof(Storefront)),
        new("storefront.disconnected", "A shop has asked that its data be forgotten.", typeof(Storefront)),
        new("storefront.rotated", "A storefront has another address.", typeof(Storefront)),
        new("storefront.updated", "A storefront changed.", typeof(Storefront)),
        new("suppression.added", "An address is not to be written to any more.", typeof(Suppression)),
        new("suppression.removed", "An address may be written to again.", typeof(RemovedSuppression)),
        new("survey.answer_erased", "What somebody answered to a survey was erased.", typeof(ErasedResponse)),
        new("survey.answered", "Somebody answered a survey, to its end or a part of it.", typeof(SurveyResponse)),
        new("survey.created", "A survey was made.", typeof(Survey)),
        new("survey.deleted", "A survey was deleted.", typeof(Survey)),
        new("survey.follow_up_closed", "Somebody has talked to the customer about a low score.", typeof(SurveyFollowUp)),
        new("survey.follow_up_opened", "Somebody is to talk to the customer about a low score.", typeof(SurveyFollowUp)),
        new("survey.follow_up_updated", "A follow-up of a low score changed.", typeof(SurveyFollowUp)),
        new("survey.low_score", "A customer gave a low score.", typeof(LowScore)),
        new("survey.not_sent", "A customer was to be asked by a survey, and something stood in the way.", typeof(SurveyInvitation)),
        new("survey.sent", "A customer was asked by a survey.", typeof(SurveyInvitation)),
        new("survey.updated", "A survey changed.", typeof(Survey)),
        new("tag.created", "A tag was made.", typeof(Tag)),
        new("tag.deleted", "A tag was deleted.", typeof(Tag)),
        new("tag.merged", "A tag was merged into another.", typeof(MergeTag.Merged)),
        new("tag.updated", "A tag changed.", typeof(Tag)),
        new("task.assigned", "A task was given to a user or a team.", typeof(TaskItem)),
        new("task.cancelled", "A task need not be done any more.", typeof(TaskItem)),
        new("task.completed", "A task was done.", typeof(TaskItem)),
        new("task.created", "A task was made.", typeof(TaskItem)),
        new("task.deleted", "A task was deleted.", typeof(TaskItem)),
        new("task.reopened", "A task is open again.", typeof(TaskItem)),
        new("task.updated", "A task changed in another way.", typeof(TaskItem)),
        new("team.created", "A team was made.", typeof(Team)),
        new("team.deleted", "A team was deleted.", typeof(Team)),
        new("team.member_added", "Somebody joined a team.", typeof(TeamMembers.Change)),
        new("team.member_removed", "Somebody left a team.", typeof(TeamMembers.Change)),
        new("team.updated", "A team changed.", typeof(Team)),
        new("template.created", "A template was made.", typeof(Template)),
        new("template.deleted", "A template was deleted.", typeof(Template)),
        new("template.updated", "A template changed.", typeof(Template)),
        new("tenant.updated", "The tenant's settings changed.", typeof(TenantSettings)),
        new("ticket.handed_back", "An agent has handed a ticket back.", typeof(HandedBack)),
        new("ticket.routed", "Routing has given a ticket to somebody.", typeof(RoutedTicket)),
        new("ticket.topic_said", "A person said what a ticket is about.", typeof(TicketTopicView)),
        new("ticket.waits_for_agent", "Nobody can take a ticket now; it waits.", typeof(RoutedTicket)),
        new("ticket.closed", "A ticket was closed for good.", typeof(ChangedTicket)),
        new("ticket.created", "A ticket was opened.", typeof(Ticket)),
        new("ticket.customer_replied", "The customer has written on a ticket.", typeof(RepliedTicket)),
        new("ticket.linked", "A ticket was linked with another.", typeof(LinkedTicket)),
        new("ticket.merged", "A ticket went into another one.", typeof(Ticket)),
        new("ticket.purged", "A ticket was deleted from the recycle bin, for good.", typeof(Purged)),
        new("ticket.removed", "A ticket was put into the recycle bin.", typeof(Ticket)),
        new("ticket.reopened", "A solved ticket had to be taken up again.", typeof(ChangedTicket)),
        new("ticket.replied", "A customer was answered on a ticket, in public.", typeof(RepliedTicket)),
        new("ticket.restored", "A ticket came back from the recycle bin.", typeof(Ticket)),
        new("ticket.solved", "A ticket was solved.", typeof(ChangedTicket)),
        new("ticket.split", "Entries of a ticket became a ticket of their own.", typeof(SplitFromTicket)),
        new("ticket.unlinked", "A link between two tickets was taken away.", typeof(LinkedTicket)),
        new("ticket.updated", "A ticket changed; changes says from what to what.", typeof(ChangedTicket)),
        new("ticket_settings.updated", "The settings of tickets changed.", typeof(TicketSettings)),
        new("ticket_status.created", "A ticket status was made.", typeof(TicketStatus)),
        new("ticket_status.deleted", "A ticket status was deleted.", typeof(TicketStatus)),
        new("ticket_status.updated", "A ticket status changed.", typeof(TicketStatus)),
        new("ticket_view.created", "A view of tickets was made.", typeof(TicketView)),
        new("ticket_view.deleted", "A view of tickets was deleted.", typeof(TicketView)),
        new("ticket_view.updated", "A view of tickets changed.", typeof(TicketView)),
        new("tracked_event.recorded", "A known customer did something that is tracked.", typeof(TrackedEvent)),
        new("topic.created", "A topic of tickets was made.", typeof(Topic)),
        new("topic.deleted", "A topic of tickets was deleted.", typeof(Topic)),
        new("topic.trained", "The classifier of topics has learnt anew.", typeof(ClassifierStand)),
        new("topic.updated", "A topic of tickets changed.", typeof(Topic)),
        new("user.created", "Somebody joined the tenant.", typeof(User)),
        new("user.deleted", "Somebody left the tenant.", typeof(User)),
        new("user.updated", "A user's name, address or role changed.", typeof(User)),
        new("visitor.identified", "It became known which customer a visitor is.", typeof(VisitorIdentified)),
        new("webhook.created", "A webhook was made.", typeof(WebhookEntry)),
        new("webhook.deleted", "A webhook was deleted.", typeof(WebhookEntry)),
        new("webhook.disabled", "A webhook was disabled, because it is gone or failed for five days.", typeof(WebhookEntry)),
        new("webhook.exhausted", "An event was given up after every attempt to deliver it failed.", typeof(ExhaustedDelivery)),
        new(Test, "A test that was asked for; it is in no feed.", typeof(TestData)),
        new("webhook.updated", "A webhook changed, or its secret was rotated.", typeof(WebhookEntry)),
    ];

    private static readonly Dictionary<string, EventType> byName = All.ToDictionary(type => type.Name);

    public static EventType? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>What a plain test carries.</summary>
    internal sealed record TestData
    {
        public string Message { get; init; } = "It works.";
    }
}
