using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>POST /surveys/{survey_id}/invitations: somebody is asked now, as far as the policy lets them be.</summary>
public static class InviteCustomer
{
    public sealed record Request
    {
        public required Id<Customer> CustomerId { get; init; }

        /// <summary>The survey's own, if it is left out.</summary>
        public SurveyChannel? Channel { get; init; }

        /// <summary>What it is about.</summary>
        public SurveySubject? About { get; init; }

        /// <summary>Who worked on that: figures by agent count the answer to them.</summary>
        public Id<User>? AgentId { get; init; }
    }

    /// <summary>The invitation, and the link where you are to bring it to the customer.</summary>
    public sealed record Invited
    {
        public required SurveyInvitation Invitation { get; init; }

        /// <summary>Of a link or a chat, while it can be answered: for this customer alone. Shown here only.</summary>
        /// <example>https://crm.example.com/survey/AAAAdGhpcyBpcyBhbiBleGFtcGxl</example>
        public required string? Url { get; init; }
    }

    internal static async Task<Created<Invited>> Handle(
        [FromRoute(Name = "survey_id")] Id<Survey> surveyId, Request request, TenantDb db, InvitationWriter writer, InvitationSending sending, KnownSubjects subjects, SurveyLinks links, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var survey = await Survey.FindAsync(surveyId, db, ct);
        if (events.IsQuiet) throw ApiProblem.BadRequest("quiet_refused", "Crm-Quiet starts nothing, and a customer would be asked. Leave it out.");
        var key = await subjects.KeyOfAsync(request.About, ct);
        if (request.AgentId is not null && await db.FindAsync<int?>(HasUser, new { request.AgentId }, ct) is null) throw ApiProblem.Invalid("/agent_id", "unknown_user", "There is no such user.");
        var scheduled = await writer.AddAsync(new SurveyInvitation
        {
            Id = Id<SurveyInvitation>.New(),
            SurveyId = survey.Id,
            CustomerId = request.CustomerId,
            Channel = request.Channel ?? survey.Settings.Channel,
            State = InvitationState.Scheduled,
            Cause = InvitationCause.Api,
            AboutKind = request.About?.Kind,
            AboutKey = key,
            AgentId = request.AgentId,
            DueAt = clock.GetUtcNow(),
            CreatedAt = clock.GetUtcNow(),
        }, ct) ?? throw ApiProblem.NotFound("customer");
        var sent = (await sending.SendAsync(scheduled.Id, ct))!;
        var url = sent is { State: InvitationState.Sent, Channel: SurveyChannel.Link or SurveyChannel.Chat, ExpiresAt: { } until } ? links.UrlOf(sent.Id, until) : null;
        return TypedResults.Created($"/v1/surveys/{survey.Id}/invitations/{sent.Id}", new Invited { Invitation = sent, Url = url });
    }

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @AgentId");
}
