using CustomerCrm.Agents;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles;
using CustomerCrm.Articles.Translations;
using CustomerCrm.Bots;
using CustomerCrm.Bots.Answering;
using CustomerCrm.CannedResponses;
using CustomerCrm.Channels;
using CustomerCrm.Conversations;
using CustomerCrm.Help;
using CustomerCrm.Macros;
using CustomerCrm.RecycleBin;
using CustomerCrm.Reminders;
using CustomerCrm.RoutingRules;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Reports.Settings;
using CustomerCrm.Slas;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Tasks;
using CustomerCrm.Tickets;
using CustomerCrm.Topics;
using CustomerCrm.Topics.Reading;
using CustomerCrm.Topics.Training;
using CustomerCrm.Tickets.Links;
using CustomerCrm.Tickets.Moves;
using CustomerCrm.Tickets.Settings;
using CustomerCrm.Tickets.Views;
using CustomerCrm.TicketStatuses;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Events about how customers are served.</summary>
internal static class EventsOfService
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("agent.changed", "A user takes tickets, or others than before.", typeof(Agent)),
        new("agent.presence_changed", "An agent has come or gone.", typeof(Agent)),
        new("agent.removed", "A user takes no tickets any more.", typeof(Agent)),
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
        new("bot.created", "A bot was made.", typeof(Bot)),
        new("bot.deleted", "A bot is gone.", typeof(Bot)),
        new("bot.handed_over", "A bot gave a conversation to people, with all that it had learnt.", typeof(BotNews)),
        new("bot.published", "Another version of a bot's flow answers.", typeof(Bot)),
        new("bot.resolved", "A bot came to the end of what a customer wanted.", typeof(BotNews)),
        new("bot.updated", "A bot or its flow was changed.", typeof(Bot)),
        new("canned_response.created", "A canned response was made.", typeof(CannedResponse)),
        new("canned_response.deleted", "A canned response was deleted.", typeof(CannedResponse)),
        new("canned_response.updated", "A canned response changed.", typeof(CannedResponse)),
        new("channel.created", "A channel was made.", typeof(Channel)),
        new("channel.deleted", "A channel was deleted.", typeof(Channel)),
        new("channel.updated", "A channel changed.", typeof(Channel)),
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
        new("help_center.updated", "The help pages have another name, title or form.", typeof(HelpCenter)),
        new("macro.applied", "A macro was applied to a ticket; steps says what each step has done.", typeof(ApplyMacro.Applied)),
        new("macro.created", "A macro was made.", typeof(Macro)),
        new("macro.deleted", "A macro was deleted.", typeof(Macro)),
        new("macro.updated", "A macro changed.", typeof(Macro)),
        new("reminder.dropped", "A reminder is not needed any more.", typeof(Reminder)),
        new("reminder.reminded", "A reminder has become a task.", typeof(Reminder)),
        new("reminder.set", "Somebody wants to be reminded of a ticket.", typeof(Reminder)),
        new("routing_rule.created", "A routing rule was made.", typeof(RoutingRule)),
        new("routing_rule.deleted", "A routing rule was deleted.", typeof(RoutingRule)),
        new("routing_rule.settings_changed", "Where tickets go that no rule takes changed.", typeof(RoutingSettings)),
        new("routing_rule.updated", "A routing rule changed.", typeof(RoutingRule)),
        new("service_settings.updated", "The settings of reports of service changed.", typeof(ServiceSettings)),
        new("sla.acknowledgement_changed", "The automatic answer outside business hours changed.", typeof(AcknowledgementPolicy)),
        new("sla.breached", "A promise to a customer was missed.", typeof(SlaAlert)),
        new("sla.created", "An SLA was made.", typeof(SlaPolicy)),
        new("sla.deleted", "An SLA was deleted.", typeof(SlaPolicy)),
        new("sla.escalated", "What an SLA says is done as a due time comes near or is over was done.", typeof(SlaAlert)),
        new("sla.updated", "An SLA changed.", typeof(SlaPolicy)),
        new("sla.warning", "A promise to a customer will soon be missed.", typeof(SlaAlert)),
        new("task.assigned", "A task was given to a user or a team.", typeof(TaskItem)),
        new("task.cancelled", "A task need not be done any more.", typeof(TaskItem)),
        new("task.completed", "A task was done.", typeof(TaskItem)),
        new("task.created", "A task was made.", typeof(TaskItem)),
        new("task.deleted", "A task was deleted.", typeof(TaskItem)),
        new("task.reopened", "A task is open again.", typeof(TaskItem)),
        new("task.updated", "A task changed in another way.", typeof(TaskItem)),
        new("ticket.closed", "A ticket was closed for good.", typeof(ChangedTicket)),
        new("ticket.created", "A ticket was opened.", typeof(Ticket)),
        new("ticket.customer_replied", "The customer has written on a ticket.", typeof(RepliedTicket)),
        new("ticket.handed_back", "An agent has handed a ticket back.", typeof(HandedBack)),
        new("ticket.linked", "A ticket was linked with another.", typeof(LinkedTicket)),
        new("ticket.merged", "A ticket went into another one.", typeof(Ticket)),
        new("ticket.purged", "A ticket was deleted from the recycle bin, for good.", typeof(Purged)),
        new("ticket.removed", "A ticket was put into the recycle bin.", typeof(Ticket)),
        new("ticket.reopened", "A solved ticket had to be taken up again.", typeof(ChangedTicket)),
        new("ticket.replied", "A customer was answered on a ticket, in public.", typeof(RepliedTicket)),
        new("ticket.restored", "A ticket came back from the recycle bin.", typeof(Ticket)),
        new("ticket.routed", "Routing has given a ticket to somebody.", typeof(RoutedTicket)),
        new("ticket.solved", "A ticket was solved.", typeof(ChangedTicket)),
        new("ticket.split", "Entries of a ticket became a ticket of their own.", typeof(SplitFromTicket)),
        new("ticket.topic_said", "A person said what a ticket is about.", typeof(TicketTopicView)),
        new("ticket.unlinked", "A link between two tickets was taken away.", typeof(LinkedTicket)),
        new("ticket.updated", "A ticket changed; changes says from what to what.", typeof(ChangedTicket)),
        new("ticket.waits_for_agent", "Nobody can take a ticket now; it waits.", typeof(RoutedTicket)),
        new("ticket_settings.updated", "The settings of tickets changed.", typeof(TicketSettings)),
        new("ticket_status.created", "A ticket status was made.", typeof(TicketStatus)),
        new("ticket_status.deleted", "A ticket status was deleted.", typeof(TicketStatus)),
        new("ticket_status.updated", "A ticket status changed.", typeof(TicketStatus)),
        new("ticket_view.created", "A view of tickets was made.", typeof(TicketView)),
        new("ticket_view.deleted", "A view of tickets was deleted.", typeof(TicketView)),
        new("ticket_view.updated", "A view of tickets changed.", typeof(TicketView)),
        new("topic.created", "A topic of tickets was made.", typeof(Topic)),
        new("topic.deleted", "A topic of tickets was deleted.", typeof(Topic)),
        new("topic.trained", "The classifier of topics has learnt anew.", typeof(ClassifierStand)),
        new("topic.updated", "A topic of tickets changed.", typeof(Topic)),
    ];
}
