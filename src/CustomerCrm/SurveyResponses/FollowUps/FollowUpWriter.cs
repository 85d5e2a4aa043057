using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tasks;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>Moves follow-ups along; the task that was made for one is done with it.</summary>
internal sealed class FollowUpWriter(TenantDb db, TaskWriter tasks, Caller caller, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task<SurveyFollowUp> ChangeAsync(SurveyFollowUp current, SurveyFollowUp wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var (closes, isClosed) = (wanted.State == FollowUpState.Closed && current.State != FollowUpState.Closed, wanted.State == FollowUpState.Closed);
        var changed = wanted with
        {
            Revision = current.Revision + 1,
            ClosedAt = closes ? clock.GetUtcNow() : isClosed ? current.ClosedAt : null,
            CloserKind = closes ? caller.Actor.Kind : isClosed ? current.CloserKind : null,
            CloserId = closes ? caller.Actor.Id : isClosed ? current.CloserId : null,
            CloserName = closes ? caller.Actor.Name : isClosed ? current.CloserName : null,
        };
        if (await db.ExecuteAsync(Update, new
        {
            changed.ResponseId, changed.State, changed.Outcome, changed.Note, UserId = changed.UserId?.ToBytes(), TeamId = changed.TeamId?.ToBytes(), changed.ClosedAt, changed.CloserKind, changed.CloserId, changed.CloserName, changed.Revision,
        }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record(closes ? "survey.follow_up_closed" : "survey.follow_up_updated", changed, changed.CustomerId?.Value);
        if (closes && changed.TaskId is { } taskId && await db.FindAsync<int?>(IsOpen, new { TaskId = taskId }, ct) is not null)
        {
            var task = await TaskItem.FindAsync(taskId, db, ct);
            await tasks.ChangeAsync(task, task with { Status = TaskState.Done }, ct);
        }
        return changed;
    }

    private static readonly TenantSql IsOpen = TenantSql.Of("SELECT 1 FROM Tasks k WHERE k.TenantId = @TenantId AND k.Id = @TaskId AND k.Status = 1");

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE SurveyFollowUps
        SET State = @State, Outcome = @Outcome, Note = @Note, UserId = @UserId, TeamId = @TeamId, ClosedAt = @ClosedAt, CloserKind = @CloserKind, CloserId = @CloserId, CloserName = @CloserName, Revision = @Revision
        WHERE TenantId = @TenantId
          AND ResponseId = @ResponseId
          AND Revision = @Revision - 1
        """);
}
