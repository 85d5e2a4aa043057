using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Triggers;

namespace CustomerCrm.Surveys.Actions;

/// <summary>Asks the customer by a survey, as far as its own limits and the contact policy let it.</summary>
internal sealed class SendSurvey(TenantDb db, InvitationWriter writer, InvitationSending sending, TimeProvider clock) : RuleAction<SendSurvey.Arguments>
{
    public new sealed record Arguments
    {
        public required Id<Survey> SurveyId { get; init; }

        /// <summary>The survey's own, if it is left out.</summary>
        public SurveyChannel? Channel { get; init; }
    }

    public override string Name => "send_survey";
    public override string Description => "Asks the customer whom the event is about by a survey. The survey's gap, consent, quiet hours and the limit on surveys hold as for every invitation.";
    public override object Example => new { survey_id = default(Id<Survey>), channel = "email" };

    protected override async Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) =>
        await db.FindAsync<int?>(HasSurvey, new { with.SurveyId }, ct) is null ? [new FieldError("/survey_id", "unknown_survey", "There is no such survey.")] : [];

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var survey = await Survey.FindAsync(with.SurveyId, db, ct);
        var subject = EventSubject.Of(firing.EventType, firing.Data);
        var invitation = await writer.AddAsync(new SurveyInvitation
        {
            Id = Id<SurveyInvitation>.New(),
            SurveyId = survey.Id,
            CustomerId = firing.Customer,
            Channel = with.Channel ?? survey.Settings.Channel,
            State = InvitationState.Scheduled,
            Cause = InvitationCause.AutomationRule,
            EventId = firing.EventId,
            EventType = firing.EventType,
            SourceId = firing.Rule.Id.ToString(),
            AboutKind = subject.Kind,
            AboutKey = subject.Key,
            AgentId = subject.AgentId,
            TeamId = subject.TeamId,
            DueAt = clock.GetUtcNow(),
            CreatedAt = clock.GetUtcNow(),
        }, ct);
        if (invitation is null) return new ActionResult { Action = Name, Outcome = ActionOutcome.Unchanged, Resource = "survey", Id = survey.Id.ToString() };
        var sent = (await sending.SendAsync(invitation.Id, ct))!;
        var done = Done("survey_invitation", sent.Id.ToString());
        return sent.State == InvitationState.NotSent ? done with { Outcome = ActionOutcome.Refused, Code = sent.Code, Detail = "The customer is not to be asked now; the invitation's explanation says why." } : done;
    }

    private static readonly TenantSql HasSurvey = TenantSql.Of("SELECT 1 FROM Surveys s WHERE s.TenantId = @TenantId AND s.Id = @SurveyId");
}
