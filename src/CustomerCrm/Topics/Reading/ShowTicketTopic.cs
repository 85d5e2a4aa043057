using System.ComponentModel.DataAnnotations;
using CustomerCrm.Analytics.Topics;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;
using CustomerCrm.Topics.Training;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Topics.Reading;

/// <summary>GET and PUT /tickets/{ticket_id}/topic; POST /topics/reading; GET /topics/{topic_id}/words</summary>
public static class ShowTicketTopic
{
    private const int MostWords = 30;

    /// <example>{"topic_id":"tto_01951c2e8f0070008000000000"}</example>
    public sealed record Request
    {
        /// <summary>What it is about; null: nobody knows.</summary>
        [Required] public Change<Id<TicketTopic>?> TopicId { get; init; }
    }

    /// <example>{"text":"I was charged twice and want my money back."}</example>
    public sealed record TextRequest
    {
        [StringLength(TopicWords.MostLetters, MinimumLength = 1)] public required string Text { get; init; }
    }

    /// <summary>The words by which a topic is told.</summary>
    public sealed record Words
    {
        public required Id<TicketTopic> TopicId { get; init; }

        /// <summary>Those that speak most for it against all others, at most 30. Empty where the topic is not recognised, or nothing is.</summary>
        public required IReadOnlyList<TellingWord> Data { get; init; }
    }

    internal static async Task<TicketTopicView> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, TenantDb db, CancellationToken ct)
    {
        var ticket = await Ticket.FindAsync(ticketId, db, ct);
        var row = await db.FindAsync<Row>(OfTicket, new { TicketId = ticketId }, ct);
        return new TicketTopicView
        {
            TicketId = ticketId,
            TopicId = ticket.TopicId,
            Read = TopicRead.From(row?.EvidenceText),
            Said = row is { SaidTopicId: { } topic, SaidAt: { } at } ? new TopicSaid { TopicId = topic, At = at, Actor = new Actor(row.ActorKind!.Value, row.ActorId, row.ActorName!) } : null,
        };
    }

    internal static async Task<TicketTopicView> Correct([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, TicketWriter tickets, TopicWatcher watcher, EventLog events, CancellationToken ct)
    {
        var ticket = await Ticket.LockAsync(ticketId, db, ct);
        await watcher.SayAsync(ticketId, request.TopicId.Value, ct); // also where it was read rightly: that is said, too
        if (ticket.TopicId != request.TopicId.Value) await tickets.ChangeAsync(ticketId, new TicketChange { TopicId = request.TopicId }, ct);
        var view = await Handle(ticketId, db, ct);
        events.Record("ticket.topic_said", view, ticket.CustomerId.Value);
        return view;
    }

    internal static async Task<TopicRead> Try(TextRequest request, TopicBook book, CancellationToken ct)
    {
        if (await book.ModelAsync(ct) is not var (_, model)) throw ApiProblem.Conflict("topics_not_recognised", "There is not enough evidence to recognise topics. GET /v1/topics/model says what is missing.");
        return TopicRead.Of(model.Read(TopicWords.Of(request.Text)));
    }

    internal static async Task<Words> WordsOf([FromRoute(Name = "topic_id")] Id<TicketTopic> topicId, TenantDb db, TopicBook book, CancellationToken ct)
    {
        await Topic.FindAsync(topicId, db, ct);
        var words = await book.ModelAsync(ct) is var (_, model) && model.Topics.Contains(topicId.ToString()) ? model.WordsOf(topicId.ToString(), MostWords) : [];
        return new Words { TopicId = topicId, Data = [.. words.Select(w => new TellingWord(w.Word, Math.Round(w.Weight, 4), w.Texts, w.TextsOfAll))] };
    }

    private sealed record Row
    {
        public string? EvidenceText { get; init; }
        public Id<TicketTopic>? SaidTopicId { get; init; }
        public DateTimeOffset? SaidAt { get; init; }
        public ActorKind? ActorKind { get; init; }
        public string? ActorId { get; init; }
        public string? ActorName { get; init; }
    }

    // A topic that is gone was said of nothing.
    private static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT s.EvidenceText, p.Id AS SaidTopicId, s.SaidAt, s.ActorKind, s.ActorId, s.ActorName
        FROM TicketTopics s
        LEFT JOIN Topics p ON p.TenantId = s.TenantId AND p.Id = s.SaidTopicId
        WHERE s.TenantId = @TenantId
          AND s.TicketId = @TicketId
        """);
}
