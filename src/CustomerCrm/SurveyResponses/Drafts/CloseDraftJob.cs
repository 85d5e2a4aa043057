using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.SurveyResponses.Writing;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Versions;

namespace CustomerCrm.SurveyResponses.Drafts;

/// <summary>Nobody has gone on with a survey for as long as it waits: what was answered of it counts, as a part.</summary>
public sealed record CloseDraft(Id<SurveyInvitation> InvitationId);

internal sealed class CloseDraftJob(TenantDb db, ResponseDrafts drafts, ResponseWriter writer, JobQueue jobs, TimeProvider clock) : IJob<CloseDraft>
{
    public Task RunAsync(CloseDraft work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await drafts.LookAsync(work.InvitationId, ct) is not { } draft) return;
        if (draft.ClosesAt > clock.GetUtcNow())
        {
            await jobs.EnqueueAsync(work, new JobTerms { RunAt = draft.ClosesAt, UniqueKey = work.InvitationId.ToString() }, ct);
            return;
        }
        var invitation = await SurveyInvitation.FindAsync(work.InvitationId, db, ct);
        var answers = AnswerReading.Partly(await SurveyVersion.DefinitionOfAsync(invitation.SurveyId, invitation.Version!.Value, db, ct), draft.Answers);
        // Who left out every question they saw has said nothing, and can still say something.
        if (answers.Answers.Count > 0) await writer.AnswerAsync(invitation, answers, draft.Language, draft.StepAt, ct);
        await drafts.RemoveAsync(work.InvitationId, ct);
    }, ct);
}
