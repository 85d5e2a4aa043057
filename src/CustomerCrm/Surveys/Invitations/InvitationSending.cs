using System.Globalization;
using System.Security.Cryptography;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Triggers;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Decides whether somebody is asked now, hands the question to its channel, and keeps what was looked at.</summary>
internal sealed class InvitationSending(
    TenantDb db, CustomerTurn turn, SurveyFatigue fatigue, SurveyStanding standing, SameEvent same, InvitationMessages messages, InvitationWriter writer, ChatInvitations chats, TimeProvider clock)
{
    /// <summary>In the caller's transaction. One that was decided before stays as it is.</summary>
    /// <returns>As it is now; null: it is gone with its customer.</returns>
    public async Task<SurveyInvitation?> SendAsync(Id<SurveyInvitation> invitationId, CancellationToken ct)
    {
        if (await SurveyInvitation.LookAsync(invitationId, db, ct) is not { } known) return null;
        await turn.TakeAsync(known.CustomerId, ct); // so that of two surveys at once each sees the other
        if (await SurveyInvitation.LookAsync(invitationId, db, ct) is not { } invitation) return null;
        if (invitation.State != InvitationState.Scheduled) return invitation;

        var survey = await Survey.FindAsync(invitation.SurveyId, db, ct);
        List<RuleFinding> findings = [Active(survey, invitation), await AloneAsync(invitation, ct), await standing.AskAsync(invitation, ct), Sample(survey, invitation), await GapAsync(survey, invitation, ct)];
        // Messages ask the policy by themselves; what goes another way is asked here for the one rule that is about surveys.
        if (invitation.Channel is SurveyChannel.Link or SurveyChannel.Chat) findings.AddRange(await fatigue.AskAsync(invitation, survey.Settings.Purpose, ct));
        if (findings.FirstOrDefault(finding => finding.Outcome == RuleOutcome.Denied) is { } denied) return await writer.DecideAsync(invitation, findings, null, denied.Name, ct);
        return await HandOverAsync(survey, invitation, findings, ct);
    }

    private async Task<SurveyInvitation> HandOverAsync(Survey survey, SurveyInvitation invitation, List<RuleFinding> findings, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var expiresAt = now.AddDays(survey.Settings.ExpiresInDays);
        Id<Message>? messageId = null;
        try
        {
            if (invitation.Channel is SurveyChannel.Email or SurveyChannel.Sms)
            {
                var message = await messages.PostAsync(survey, invitation, expiresAt, ct);
                messageId = message.Id;
                findings.AddRange(message.Decision.Rules);
                if (message.State == MessageState.Refused) return await writer.DecideAsync(invitation with { MessageId = messageId }, findings, null, message.Code ?? "policy_denied", ct);
            }
            if (invitation.Channel == SurveyChannel.Chat)
            {
                var isSaid = await chats.SayAsync(invitation, await messages.ChatTextAsync(survey, invitation, expiresAt, ct), ct);
                findings.Add(Finding("chat", isSaid ? RuleOutcome.Passed : RuleOutcome.NotApplicable, null, null, isSaid ? "It was said in the conversation." : "It is about no conversation: whoever has the chat shows it."));
            }
        }
        catch (ApiProblem problem) when (problem.Status < StatusCodes.Status500InternalServerError)
        {
            // What its template says cannot be said to this customer, say.
            findings.Add(Finding("message", RuleOutcome.Denied, problem.Code, null, problem.Errors is [var first, ..] ? first.Detail : problem.Message));
            return await writer.DecideAsync(invitation, findings, null, "message", ct);
        }
        return await writer.DecideAsync(invitation, findings, new SentInvitation(survey.Version, messageId, now, expiresAt), null, ct);
    }

    private static RuleFinding Active(Survey survey, SurveyInvitation invitation) => survey.Status == SurveyStatus.Active || invitation.Cause == InvitationCause.Api
        ? Finding("survey_active", RuleOutcome.Passed, survey.Status.ToString().ToLowerInvariant(), null, "The survey asks.")
        : Finding("survey_active", RuleOutcome.Denied, survey.Status.ToString().ToLowerInvariant(), "active", "The survey asks nobody now.");

    // Whoever's turn is before takes it first: only if none of them asks, this one may.
    private async Task<RuleFinding> AloneAsync(SurveyInvitation invitation, CancellationToken ct)
    {
        foreach (var before in await same.OfAsync(invitation, ct))
        {
            var state = before.State == InvitationState.Scheduled ? (await SendAsync(before.Id, ct))?.State : before.State;
            if (state is InvitationState.Sent or InvitationState.Answered)
                return Finding("same_event", RuleOutcome.Denied, before.SurveyId.ToString(), "1 survey", "Another survey has asked the customer because of the same event.");
        }
        return invitation.EventId is null ? Finding("same_event", RuleOutcome.NotApplicable, null, null, "No event made it.") : Finding("same_event", RuleOutcome.Passed, null, "1 survey", "No other survey has asked because of this event.");
    }

    // By the invitation's own id, so that asking again says the same.
    private static RuleFinding Sample(Survey survey, SurveyInvitation invitation)
    {
        if (invitation.Cause is InvitationCause.Api or InvitationCause.AutomationRule || survey.Settings.SamplePercent == 100)
            return Finding("sample", RuleOutcome.NotApplicable, null, null, "Everybody is asked.");
        var (drawn, limit) = (BitConverter.ToUInt16(SHA256.HashData(invitation.Id.ToBytes())) * 100 / 65536 + 1, survey.Settings.SamplePercent);
        return Finding("sample", drawn <= limit ? RuleOutcome.Passed : RuleOutcome.Denied, Text(drawn), Text(limit), drawn <= limit ? "Chance chose this one." : "Chance did not choose this one.");
    }

    private async Task<RuleFinding> GapAsync(Survey survey, SurveyInvitation invitation, CancellationToken ct)
    {
        if (survey.Settings.GapDays is 0) return Finding("gap", RuleOutcome.NotApplicable, null, null, "The survey has no gap.");
        var limit = $"{survey.Settings.GapDays} days";
        var last = await db.QueryTopAsync<DateTimeOffset>(LastOfSurvey, 1, new { survey.Id, invitation.CustomerId, After = clock.GetUtcNow().AddDays(-survey.Settings.GapDays) }, ct);
        return last is [var at]
            ? Finding("gap", RuleOutcome.Denied, at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), limit, "This survey asked the customer not long ago.")
            : Finding("gap", RuleOutcome.Passed, null, limit, "This survey has not asked the customer lately.");
    }

    internal static RuleFinding Finding(string name, RuleOutcome outcome, string? value, string? limit, string detail) => new() { Name = name, Outcome = outcome, Value = value, Limit = limit, Detail = detail };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static readonly TenantSql LastOfSurvey = TenantSql.Of("""
        SELECT i.SentAt
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
          AND i.SentAt > @After
          AND i.SurveyId = @Id
        ORDER BY i.SentAt DESC
        """);
}
