using CustomerCrm.CheckIns;
using CustomerCrm.CheckIns.Runs;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Messages;
using CustomerCrm.SurveyResponses;
using CustomerCrm.SurveyResponses.FollowUps;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Templates;

namespace CustomerCrm.Webhooks.Types;

/// <summary>Events about what is sent to customers, and asked of them.</summary>
internal static class EventsOfMessages
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("check_in.created", "A check-in was made.", typeof(CheckIn)),
        new("check_in.deleted", "A check-in was deleted.", typeof(CheckIn)),
        new("check_in.run", "A customer was asked by a check-in, or why not.", typeof(CheckInRun)),
        new("check_in.updated", "A check-in changed.", typeof(CheckIn)),
        new("contact_policy.updated", "The contact policy changed.", typeof(Policy)),
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
        new("template.created", "A template was made.", typeof(Template)),
        new("template.deleted", "A template was deleted.", typeof(Template)),
        new("template.updated", "A template changed.", typeof(Template)),
    ];
}
