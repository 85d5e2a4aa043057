using System.Text.Json;
using CustomerCrm.Analytics.Sentiment;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.SurveyResponses;

/// <summary>What somebody answered to a survey.</summary>
public sealed record SurveyResponse : IHasId
{
    public static string Prefix => "srs";

    public required Id<SurveyResponse> Id { get; init; }
    public required Id<Survey> SurveyId { get; init; }

    /// <summary>Of the questions that were answered: their words are in the survey's versions.</summary>
    public required int Version { get; init; }

    /// <summary>Null where the survey is anonymous, or nobody knows who it was.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public Id<SurveyInvitation>? InvitationId { get; init; }
    public required SurveyChannel Channel { get; init; }

    /// <summary>In which it was answered, if that is known.</summary>
    /// <example>de</example>
    public string? Language { get; init; }

    /// <summary>Whether the survey was answered to its end. Who sends the first pages of its page and leaves has answered a part: it is kept, and counted once the survey's <c>partial_after_hours</c> have passed.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The answer to the question that is the score.</summary>
    public int? Score { get; init; }

    /// <summary>Of CSAT, NPS and CES: where the score stands.</summary>
    public ScoreStanding? Standing { get; init; }

    /// <summary>By the key of the question: a number, a key of a choice, a list of keys, text, or an object of rows.</summary>
    /// <example>{"score":2,"comment":"It came too late."}</example>
    public IReadOnlyDictionary<string, JsonElement> Answers => JsonSerializer.Deserialize<IReadOnlyDictionary<string, JsonElement>>(AnswersText, StrictJson.Options)!;

    /// <summary>What it is about.</summary>
    public SurveySubject? About => AboutKind is null ? null : new SurveySubject(AboutKind, SurveySubject.IdOf(AboutKind, AboutKey!));

    /// <summary>Who worked on that.</summary>
    public Id<User>? AgentId { get; init; }

    public Id<Team>? TeamId { get; init; }

    /// <summary>How the written answers sound, and which words say so; null where nothing was written.</summary>
    public SentimentReading? Sentiment => SentimentLabel is not { } label ? null : new SentimentReading
    {
        Label = label, Score = SentimentScore!.Value, Confidence = SentimentConfidence!.Value, Language = SentimentLanguage,
        Evidence = JsonSerializer.Deserialize<IReadOnlyList<SentimentEvidence>>(SentimentEvidence!, StrictJson.Options)!,
    };

    /// <summary>Of a part, when its last page was sent. Of an anonymous survey, the day alone.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    internal string AnswersText { get; init; } = "{}";
    internal string? AboutKind { get; init; }
    internal byte[]? AboutKey { get; init; }
    internal SentimentLabel? SentimentLabel { get; init; }
    internal double? SentimentScore { get; init; }
    internal double? SentimentConfidence { get; init; }
    internal string? SentimentLanguage { get; init; }
    internal string? SentimentEvidence { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<SurveyResponse> FindAsync(Id<SurveyResponse> responseId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<SurveyResponse>(ById, new { ResponseId = responseId }, ct) ?? throw ApiProblem.NotFound("survey response");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Id, r.SurveyId, r.Version, r.CustomerId, r.InvitationId, r.Channel, r.Language, r.IsComplete, r.Score, r.Standing, r.AnswersText, r.AboutKind, r.AboutId AS AboutKey, r.AgentId, r.TeamId,
            r.SentimentLabel, r.SentimentScore, r.SentimentConfidence, r.SentimentLanguage, r.SentimentEvidence, r.AnsweredAt
        FROM SurveyResponses r
        WHERE r.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND r.Id = @ResponseId");

    internal static readonly ListOf<SurveyResponse> List = ListOf<SurveyResponse>.From(Matching, "r.Id", response => response.Id.ToBytes())
        .SortedBy("answered_at", "r.AnsweredAt", response => response.AnsweredAt, isDescending: true)
        .FilteredBy("survey_id", "r.SurveyId", FilterType.IdOf<Survey>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "r.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal)
        .FilteredBy("agent_id", "r.AgentId", FilterType.IdOf<User>(), Operators.Equal | Operators.In)
        .FilteredBy("channel", "r.Channel", FilterType.OneOf<SurveyChannel>(), Operators.Equal | Operators.In)
        .FilteredBy("standing", "r.Standing", FilterType.OneOf<ScoreStanding>(), Operators.Equal | Operators.In)
        .FilteredBy("sentiment", "r.SentimentLabel", FilterType.OneOf<SentimentLabel>(), Operators.Equal | Operators.In)
        .FilteredBy("is_complete", "r.IsComplete", FilterType.Boolean, Operators.Equal)
        .FilteredBy("score", "r.Score", FilterType.Integer, Operators.Range)
        .FilteredBy("answered_at", "r.AnsweredAt", FilterType.Time, Operators.Range);
}
