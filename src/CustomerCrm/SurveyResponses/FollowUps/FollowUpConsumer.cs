using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Tickets;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>Who does the task of a follow-up, or solves its ticket or the one that it went into, has closed the loop, even if they never look at the follow-up itself.</summary>
internal sealed class FollowUpConsumer(TenantDb db, FollowUpWriter writer) : IEventConsumer
{
    public string Name => "survey_follow_ups";

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var done in events.Where(e => !e.IsQuiet && e.Type is "task.completed" or "task.cancelled" or "ticket.solved"))
        {
            var data = JsonElement.Parse(done.Data);
            if (done.Type != "ticket.solved") await CloseAsync(SourceOf(data), done.Type == "task.completed" ? FollowUpOutcome.Resolved : FollowUpOutcome.NothingToDo, ct);
            else if (Id<Ticket>.TryRead(EventSubject.TextOf(data, "id"), out var ticketId))
                foreach (var responseId in await db.QueryAsync<string>(OpenedFor, new { TicketId = ticketId, FollowUpOpening.Source }, ct)) await CloseAsync(responseId, FollowUpOutcome.Resolved, ct);
        }
    }

    private static string? SourceOf(JsonElement task) =>
        task.TryGetProperty("source", out var source) && EventSubject.TextOf(source, "kind") == FollowUpOpening.Source ? EventSubject.TextOf(source, "id") : null;

    private async Task CloseAsync(string? id, FollowUpOutcome outcome, CancellationToken ct)
    {
        if (!Id<SurveyResponse>.TryRead(id, out var responseId) || await SurveyFollowUp.LookAsync(responseId, db, ct) is not { State: not FollowUpState.Closed } followUp) return;
        await writer.ChangeAsync(followUp, followUp with { State = FollowUpState.Closed, Outcome = outcome }, ct);
    }

    // 5: solved, as it is now. What went into another ticket is not solved by that.
    private static readonly TenantSql OpenedFor = TenantSql.Of("""
        SELECT t.SourceId
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND (t.Id = @TicketId OR t.MergedIntoId = @TicketId)
          AND t.SourceKind = @Source
          AND EXISTS (SELECT 1 FROM Tickets s WHERE s.TenantId = @TenantId AND s.Id = @TicketId AND s.Category >= 5 AND s.MergedIntoId IS NULL)
        """);
}
