using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Triggers;
using CustomerCrm.Tickets;

namespace CustomerCrm.SurveyResponses.Writing;

/// <summary>
/// Tells a ticket how content its customer was: the last CSAT score that was given about it and is still there. What was given to an anonymous survey
/// is about nothing, so no ticket shows it. It looks anew each time, so events that come twice or late do no harm.
/// </summary>
internal sealed class TicketScores(TenantDb db, TicketSatisfaction satisfaction) : IEventConsumer
{
    public string Name => "ticket_scores";

    public ValueTask<bool> ConcernsAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => ValueTask.FromResult(events.Any(e => TicketOf(e) is not null));

    public async Task HandleAsync(IReadOnlyList<EventRow> events, CancellationToken ct)
    {
        foreach (var ticketId in events.Select(TicketOf).OfType<Id<Ticket>>().Distinct())
        {
            var last = await db.QueryTopAsync<Said>(LastAbout, 1, new { TicketId = ticketId, Kind = SurveyKind.Csat }, ct) is [var said] ? said : null;
            await satisfaction.RecordAsync(ticketId, last?.Score, last?.AnsweredAt, ct);
        }
    }

    // A ticket that was in the bin when its customer answered hears of it when it is back.
    private static Id<Ticket>? TicketOf(EventRow happened) => happened.Type switch
    {
        "survey.answered" or "survey.answer_erased" => About(JsonElement.Parse(happened.Data)),
        "ticket.restored" => Id<Ticket>.TryRead(EventSubject.TextOf(JsonElement.Parse(happened.Data), "id"), out var id) ? id : null,
        _ => null,
    };

    private static Id<Ticket>? About(JsonElement data) =>
        data.TryGetProperty("about", out var about) && EventSubject.TextOf(about, "kind") == SurveySubject.Ticket && Id<Ticket>.TryRead(EventSubject.TextOf(about, "id"), out var id) ? id : null;

    private sealed record Said
    {
        public required int Score { get; init; }
        public required DateTimeOffset AnsweredAt { get; init; }
    }

    private static readonly TenantSql LastAbout = TenantSql.Of("""
        SELECT r.Score, r.AnsweredAt
        FROM SurveyResponses r
        JOIN Surveys s ON s.TenantId = r.TenantId AND s.Id = r.SurveyId
        WHERE r.TenantId = @TenantId
          AND r.AboutKind = 'ticket'
          AND r.AboutId = @TicketId
          AND r.Score IS NOT NULL
          AND s.Kind = @Kind
        ORDER BY r.AnsweredAt DESC, r.Id DESC
        """);
}
