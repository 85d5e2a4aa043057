using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>GET /surveys/{survey_id}/invitations, one of them, and why it was sent or not.</summary>
public static class ShowInvitations
{
    /// <summary>Why somebody was asked, or was not.</summary>
    public sealed record Explanation
    {
        public required SurveyInvitation Invitation { get; init; }

        /// <summary>In words.</summary>
        /// <example>The survey asked, because of order.delivered.</example>
        public required string Summary { get; init; }

        /// <summary>Everything that was asked before, with what was found: the survey's own rules, then those of the contact policy.</summary>
        public required IReadOnlyList<RuleFinding> Rules { get; init; }

        /// <summary>The message that carried it, as it stands; <c>GET /v1/messages/{message_id}/explanation</c> has the rest.</summary>
        public required Message? Message { get; init; }
    }

    internal static async Task<Page<SurveyInvitation>> Handle([FromRoute(Name = "survey_id")] Id<Survey> surveyId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await Survey.FindAsync(surveyId, db, ct);
        return await SurveyInvitation.List.Where(Condition.Of("i.SurveyId = {0}", surveyId)).ReadAsync(query, db, null, ct);
    }

    internal static async Task<SurveyInvitation> Show(
        [FromRoute(Name = "survey_id")] Id<Survey> surveyId, [FromRoute(Name = "survey_invitation_id")] Id<SurveyInvitation> invitationId, TenantDb db, CancellationToken ct)
    {
        var invitation = await SurveyInvitation.FindAsync(invitationId, db, ct);
        return invitation.SurveyId == surveyId ? invitation : throw ApiProblem.NotFound("survey invitation");
    }

    internal static async Task<Explanation> Explain(
        [FromRoute(Name = "survey_id")] Id<Survey> surveyId, [FromRoute(Name = "survey_invitation_id")] Id<SurveyInvitation> invitationId, TenantDb db, CancellationToken ct)
    {
        var invitation = await Show(surveyId, invitationId, db, ct);
        var because = invitation.EventType is { } type ? $"because of {type}" : invitation.Cause == Triggers.InvitationCause.Api ? "because the API said so" : "because a rule said so";
        return new Explanation
        {
            Invitation = invitation,
            Rules = invitation.Findings,
            Message = invitation.MessageId is { } messageId ? await db.FindAsync<Message>(Message.ById, new { MessageId = messageId }, ct) : null,
            Summary = invitation.State switch
            {
                InvitationState.Scheduled => $"The survey is to ask, {because}; the rules are asked when it is time.",
                InvitationState.NotSent => $"The survey did not ask ({invitation.Code}), though it was to, {because}.",
                InvitationState.Answered => $"The survey asked, {because}, and the customer answered.",
                _ when invitation.BegunAt is not null => $"The survey asked, {because}, and the customer has answered a part of it.",
                _ => $"The survey asked, {because}.",
            },
        };
    }
}
