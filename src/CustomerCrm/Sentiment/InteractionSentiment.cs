using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Sentiment;

/// <summary>How the customer seems to feel in one interaction, which words say so, and what a person says of it.</summary>
public sealed record InteractionSentiment
{
    public required Id<Interaction> InteractionId { get; init; }

    /// <summary>What counts: a person's word where there is one, else what was read.</summary>
    public required SentimentLabel Label { get; init; }

    /// <summary>What was read from the words.</summary>
    public required SentimentLabel ReadLabel { get; init; }

    /// <summary>From -1 to 1, as read.</summary>
    public required double Score { get; init; }

    /// <summary>From 0 to 1: how much of what was found points the way of the label, less where little was found. How often it is right here, the accuracy says.</summary>
    public required double Confidence { get; init; }

    /// <summary>ISO 639-1: the language it was read in; null where none was recognised, and then only emoji count.</summary>
    public string? Language { get; init; }

    /// <summary>What was found, in the order of the text: the subject, a line break, the body.</summary>
    public IReadOnlyList<SentimentEvidence> Evidence => JsonSerializer.Deserialize<IReadOnlyList<SentimentEvidence>>(EvidenceText, StrictJson.Options)!;

    /// <summary>What a person said of it; null if nobody did.</summary>
    public SentimentCorrection? Correction => CorrectLabel is { } label ? new SentimentCorrection(label, new Actor(CorrectorKind!.Value, CorrectorId, CorrectorName!), CorrectedAt!.Value) : null;

    public required DateTimeOffset ReadAt { get; init; }

    [JsonIgnore]
    internal string EvidenceText { get; init; } = "[]";

    internal SentimentLabel? CorrectLabel { get; init; }
    internal ActorKind? CorrectorKind { get; init; }
    internal string? CorrectorId { get; init; }
    internal string? CorrectorName { get; init; }
    internal DateTimeOffset? CorrectedAt { get; init; }

    /// <exception cref="ApiProblem">404: there is no such interaction, or none that was read: outbound ones and those without a text are not.</exception>
    internal static async Task<InteractionSentiment> FindAsync(Id<Interaction> interactionId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<InteractionSentiment>(ById, new { InteractionId = interactionId }, ct) ?? throw ApiProblem.NotFound("interaction with a sentiment");

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT s.InteractionId, s.Label, s.ReadLabel, s.Score, s.Confidence, s.Language, s.EvidenceText, s.ReadAt,
            s.CorrectLabel, s.CorrectorKind, s.CorrectorId, s.CorrectorName, s.CorrectedAt
        FROM InteractionSentiments s
        WHERE s.TenantId = @TenantId
          AND s.InteractionId = @InteractionId
        """);
}

/// <summary>A person's word on how the customer felt.</summary>
/// <param name="Label">The same as was read: confirmed.</param>
/// <param name="By">Who said so, as they were called then.</param>
/// <param name="At">When.</param>
public sealed record SentimentCorrection(SentimentLabel Label, Actor By, DateTimeOffset At);
