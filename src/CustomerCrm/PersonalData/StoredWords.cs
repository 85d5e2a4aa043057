using System.Text.Json;
using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.AutomationRules.Firings;
using CustomerCrm.Bots.Talking;
using CustomerCrm.CheckIns.Runs;
using CustomerCrm.Consents;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Insights.Fits;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Messages.Sending;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Reminders;
using CustomerCrm.RoutingRules.Decisions;
using CustomerCrm.Slas.Clocks;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Tasks;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Links;
using CustomerCrm.Tickets.Moves;
using CustomerCrm.Tickets.Presence;
using CustomerCrm.Tickets.Promises;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Track;

namespace CustomerCrm.PersonalData;

/// <summary>
/// Columns that hold the number of a word of a fixed list: a copy for a person says the word, as the API does. A test holds this equal to the
/// schema, so that whoever adds a number to a customer's tables says here what it stands for, or that it counts something.
/// </summary>
internal static class StoredWords
{
    internal static readonly IReadOnlyDictionary<string, Type> Columns = new Dictionary<string, Type>
    {
        ["AutomationFirings.DeciderKind"] = typeof(ActorKind),
        ["AutomationFirings.Status"] = typeof(FiringStatus),
        ["BotSessions.Outcome"] = typeof(BotOutcome),
        ["CheckInRuns.State"] = typeof(CheckInState),
        ["ConsentEntries.ActorKind"] = typeof(ActorKind),
        ["ConsentEntries.Channel"] = typeof(MessageChannel),
        ["ConsentEntries.LegalBasis"] = typeof(LegalBasis),
        ["ConsentEntries.Purpose"] = typeof(MessagePurpose),
        ["ConsentEntries.State"] = typeof(ConsentState),
        ["ConsentStates.Channel"] = typeof(MessageChannel),
        ["ConsentStates.LegalBasis"] = typeof(LegalBasis),
        ["ConsentStates.Purpose"] = typeof(MessagePurpose),
        ["ConsentStates.State"] = typeof(ConsentState),
        ["ConversationEntries.Author"] = typeof(EntryAuthor),
        ["ConversationEntries.Channel"] = typeof(InteractionChannel),
        ["ConversationEntries.Delivery"] = typeof(DeliveryState),
        ["ConversationEntries.Kind"] = typeof(Conversations.EntryKind),
        ["ConversationEntries.ThreadedBy"] = typeof(ThreadedBy),
        ["ConversationMedia.State"] = typeof(MediaState),
        ["Conversations.Channel"] = typeof(InteractionChannel),
        ["Conversations.State"] = typeof(ConversationState),
        ["CustomerScores.Model"] = typeof(ModelKind),
        ["CustomerScores.RetentionState"] = typeof(RetentionState),
        ["CustomerScores.RfmGroup"] = typeof(RfmGroup),
        ["FieldChanges.ActorKind"] = typeof(ActorKind),
        ["Identities.Kind"] = typeof(IdentityKind),
        ["InteractionSentiments.CorrectLabel"] = typeof(SentimentLabel),
        ["InteractionSentiments.CorrectorKind"] = typeof(ActorKind),
        ["InteractionSentiments.Label"] = typeof(SentimentLabel),
        ["InteractionSentiments.ReadLabel"] = typeof(SentimentLabel),
        ["Interactions.Channel"] = typeof(InteractionChannel),
        ["Interactions.Direction"] = typeof(InteractionDirection),
        ["MessageAttempts.Result"] = typeof(AttemptResult),
        ["MessageReports.Kind"] = typeof(MessageReportKind),
        ["Messages.Channel"] = typeof(MessageChannel),
        ["Messages.Purpose"] = typeof(MessagePurpose),
        ["Messages.State"] = typeof(MessageState),
        ["Notes.AuthorKind"] = typeof(ActorKind),
        ["Orders.FulfillmentStatus"] = typeof(FulfillmentStatus),
        ["Orders.PaymentStatus"] = typeof(PaymentStatus),
        ["Reminders.AuthorKind"] = typeof(ActorKind),
        ["Reminders.State"] = typeof(ReminderState),
        ["RoutingDecisions.Outcome"] = typeof(RoutingOutcome),
        ["ServiceTickets.Channel"] = typeof(InteractionChannel),
        ["SlaAlerts.Promise"] = typeof(SlaPromise),
        ["SlaClocks.Promise"] = typeof(SlaPromise),
        ["SlaClocks.State"] = typeof(SlaClockState),
        ["SlaEntries.ActorKind"] = typeof(ActorKind),
        ["SlaEntries.Promise"] = typeof(SlaPromise),
        ["SlaEntries.Step"] = typeof(SlaStep),
        ["SurveyFollowUps.CloserKind"] = typeof(ActorKind),
        ["SurveyFollowUps.Outcome"] = typeof(FollowUpOutcome),
        ["SurveyFollowUps.State"] = typeof(FollowUpState),
        ["SurveyInvitations.Cause"] = typeof(InvitationCause),
        ["SurveyInvitations.Channel"] = typeof(SurveyChannel),
        ["SurveyInvitations.State"] = typeof(Surveys.Invitations.InvitationState),
        ["SurveyResponseGroups.Kind"] = typeof(ResponseGroup),
        ["SurveyResponses.Channel"] = typeof(SurveyChannel),
        ["SurveyResponses.SentimentLabel"] = typeof(SentimentLabel),
        ["SurveyResponses.Standing"] = typeof(ScoreStanding),
        ["Tasks.AuthorKind"] = typeof(ActorKind),
        ["Tasks.Priority"] = typeof(TaskPriority),
        ["Tasks.Status"] = typeof(TaskState),
        ["TicketLinks.ActorKind"] = typeof(ActorKind),
        ["TicketLinks.Kind"] = typeof(TicketRelation),
        ["TicketMoves.ActorKind"] = typeof(ActorKind),
        ["TicketMoves.Kind"] = typeof(TicketMoveKind),
        ["TicketTopics.ActorKind"] = typeof(ActorKind),
        ["TicketViewers.State"] = typeof(ViewerState),
        ["Tickets.Category"] = typeof(TicketCategory),
        ["Tickets.Channel"] = typeof(InteractionChannel),
        ["Tickets.Priority"] = typeof(TicketPriority),
        ["Tickets.Type"] = typeof(TicketType),
        ["TrackedEvents.Origin"] = typeof(TrackOrigin),
    };

    /// <returns>Null: the number is a number.</returns>
    public static string? Find(string table, string column, long stored) =>
        Columns.TryGetValue($"{table}.{column}", out var words) && Enum.GetName(words, (int)stored) is { } name ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : null;
}
