using System.Text.Json;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Conversations.Quoting;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Sentiment;

/// <summary>Reads interactions and keeps what was read. A person's word stays, whatever is read later.</summary>
internal sealed class SentimentWriter(TenantDb db, TimeProvider clock)
{
    public async Task ReadAsync(Id<Interaction> interactionId, CancellationToken ct)
    {
        if (await db.FindAsync<Text>(TextOf, new { InteractionId = interactionId }, ct) is not { } text) return; // deleted since
        if (text.Direction != InteractionDirection.Inbound || text.Whole.Length == 0)
        {
            await db.ExecuteAsync(Forget, new { InteractionId = interactionId }, ct);
            return;
        }
        var read = SentimentReader.Read(text.Whole);
        if (read.Language is null && text.Language is not null) read = SentimentReader.Read(text.Whole, text.Language); // too short to tell: the customer's own
        var row = new
        {
            InteractionId = interactionId, text.OccurredAt, read.Score, ReadLabel = read.Label, read.Confidence, read.Language,
            EvidenceText = JsonSerializer.Serialize(read.Evidence, StrictJson.Options), ReadAt = clock.GetUtcNow(),
        };
        if (await db.ExecuteAsync(Update, row, ct) == 0) await db.ExecuteAsync(Insert, row, ct);
    }

    private sealed record Text
    {
        public required InteractionChannel Channel { get; init; }
        public required InteractionDirection Direction { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public string? Subject { get; init; }
        public string? Body { get; init; }
        public string? Language { get; init; }

        /// <summary>What the customer wrote: of an e-mail, without what it quotes and its signature.</summary>
        public string Whole => $"{Subject}\n{(Body is not null && Channel == InteractionChannel.Email ? QuotedText.Split(Body, Subject).Body : Body)}".Trim();
    }

    private static readonly TenantSql TextOf = TenantSql.Of("""
        SELECT i.Channel, i.Direction, i.OccurredAt, i.Subject, i.Body, c.Language
        FROM Interactions i
        JOIN Customers c ON c.TenantId = i.TenantId AND c.Id = i.CustomerId
        WHERE i.TenantId = @TenantId
          AND i.Id = @InteractionId
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE InteractionSentiments
        SET OccurredAt = @OccurredAt, Score = @Score, ReadLabel = @ReadLabel, Label = COALESCE(CorrectLabel, @ReadLabel), Confidence = @Confidence,
            Language = @Language, EvidenceText = @EvidenceText, ReadAt = @ReadAt
        WHERE TenantId = @TenantId
          AND InteractionId = @InteractionId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO InteractionSentiments (TenantId, InteractionId, OccurredAt, Score, ReadLabel, Label, Confidence, Language, EvidenceText, ReadAt)
        VALUES (@TenantId, @InteractionId, @OccurredAt, @Score, @ReadLabel, @ReadLabel, @Confidence, @Language, @EvidenceText, @ReadAt)
        """);

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM InteractionSentiments
        WHERE TenantId = @TenantId
          AND InteractionId = @InteractionId
        """);
}
