using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Surveys.Triggers;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>Who does the task of a follow-up has closed the loop, even if they never look at the follow-up itself.</summary>
internal sealed class FollowUpConsumer(TenantDb db, FollowUpWriter writer) : IEventConsumer
{
    public string Name => "survey_follow_ups";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var done in events.Where(e => e.Type is "task.completed" or "task.cancelled" && !e.IsQuiet))
        {
            var data = JsonElement.Parse(done.Data);
            if (!data.TryGetProperty("source", out var source) || EventSubject.TextOf(source, "kind") != FollowUpOpening.Source) continue;
            if (!Id<SurveyResponse>.TryRead(EventSubject.TextOf(source, "id"), out var responseId)) continue;
            if (await SurveyFollowUp.LookAsync(responseId, db, ct) is not { State: not FollowUpState.Closed } followUp) continue;
            await writer.ChangeAsync(followUp, followUp with { State = FollowUpState.Closed, Outcome = done.Type == "task.completed" ? FollowUpOutcome.Resolved : FollowUpOutcome.NothingToDo }, ct);
        }
    }
}
