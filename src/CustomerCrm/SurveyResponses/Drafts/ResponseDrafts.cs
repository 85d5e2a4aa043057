using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Json;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.SurveyResponses.Drafts;

/// <summary>Keeps what has been answered so far, so that its link goes on there and nobody's first answers are lost.</summary>
internal sealed class ResponseDrafts(TenantDb db, JobQueue jobs, TimeProvider clock)
{
    public Task<ResponseDraft?> LookAsync(Id<SurveyInvitation> invitationId, CancellationToken ct) => db.FindAsync<ResponseDraft>(ById, new { InvitationId = invitationId }, ct);

    /// <summary>A page was sent, and more are to come. What was answered meanwhile, by another window say, stays answered.</summary>
    public Task KeepAsync(SurveyInvitation invitation, IReadOnlyDictionary<string, JsonElement> answers, string language, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var (survey, now) = (await Survey.FindAsync(invitation.SurveyId, db, ct), clock.GetUtcNow());
        var row = new { InvitationId = invitation.Id, AnswersText = JsonSerializer.Serialize(answers, StrictJson.Options), Language = language, Now = now, ClosesAt = now.AddHours(survey.Settings.PartialAfterHours) };
        if (await WriteAsync(row, ct)) await jobs.EnqueueAsync(new CloseDraft(invitation.Id), new JobTerms { RunAt = row.ClosesAt, UniqueKey = invitation.Id.ToString() }, ct);
    }, ct);

    public Task RemoveAsync(Id<SurveyInvitation> invitationId, CancellationToken ct) => db.ExecuteAsync(Delete, new { InvitationId = invitationId }, ct);

    private async Task<bool> WriteAsync(object row, CancellationToken ct)
    {
        while (await db.ExecuteAsync(Update, row, ct) == 0)
        {
            try
            {
                return await db.ExecuteAsync(Insert, row, ct) == 1;
            }
            catch (DuplicateKeyException)
            {
                // Another window sent its first page at the same moment: ours is written over it.
            }
        }
        return true;
    }

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT d.InvitationId, d.AnswersText, d.Language, d.StepAt, d.ClosesAt
        FROM SurveyDrafts d
        WHERE d.TenantId = @TenantId
          AND d.InvitationId = @InvitationId
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SurveyDrafts
        SET AnswersText = @AnswersText, Language = @Language, StepAt = @Now, ClosesAt = @ClosesAt
        WHERE TenantId = @TenantId
          AND InvitationId = @InvitationId
        """);

    // 2: sent, and not answered yet.
    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO SurveyDrafts (TenantId, InvitationId, AnswersText, Language, BegunAt, StepAt, ClosesAt)
        SELECT i.TenantId, i.Id, CONCAT(@AnswersText, ''), CAST(@Language AS NVARCHAR(35)), @Now, @Now, @ClosesAt
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
          AND i.Id = @InvitationId
          AND i.State = 2
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM SurveyDrafts WHERE TenantId = @TenantId AND InvitationId = @InvitationId");
}
