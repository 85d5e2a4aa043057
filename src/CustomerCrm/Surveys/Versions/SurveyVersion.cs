using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Definitions;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Surveys.Versions;

/// <summary>GET /surveys/{survey_id}/versions: what was asked at some time. It never changes.</summary>
public sealed record SurveyVersion
{
    /// <summary>1 is the first.</summary>
    public required int Version { get; init; }

    public SurveyDefinition Definition => SurveyDefinition.Read(DefinitionText);

    /// <summary>How many have answered it.</summary>
    public required int Answers { get; init; }

    /// <summary>Who wrote it, as they were called then.</summary>
    public Actor Author => new(AuthorKind, AuthorId, AuthorName);

    public required DateTimeOffset CreatedAt { get; init; }

    internal string DefinitionText { get; init; } = "";
    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";

    public sealed record Answer
    {
        /// <summary>The latest first; at most 100.</summary>
        public required IReadOnlyList<SurveyVersion> Data { get; init; }
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "survey_id")] Id<Survey> surveyId, TenantDb db, CancellationToken ct)
    {
        await Survey.FindAsync(surveyId, db, ct);
        return new Answer { Data = await db.QueryTopAsync<SurveyVersion>(All, 100, new { SurveyId = surveyId }, ct) };
    }

    /// <summary>Those that somebody has answered.</summary>
    internal static Task<IReadOnlyList<SurveyVersion>> AnsweredAsync(Id<Survey> surveyId, TenantDb db, CancellationToken ct) => db.QueryAsync<SurveyVersion>(Answered, new { SurveyId = surveyId }, ct);

    /// <summary>Those that somebody has answered, has begun to answer, or was asked by and can still answer.</summary>
    internal static Task<IReadOnlyList<SurveyVersion>> AskedAsync(Id<Survey> surveyId, DateTimeOffset now, TenantDb db, CancellationToken ct) => db.QueryAsync<SurveyVersion>(Asked, new { SurveyId = surveyId, Now = now }, ct);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<SurveyDefinition> DefinitionOfAsync(Id<Survey> surveyId, int version, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<string>(One, new { SurveyId = surveyId, Version = version }, ct) is { } text ? SurveyDefinition.Read(text) : throw ApiProblem.NotFound("survey");

    private static readonly TenantSql Select = TenantSql.Of("""
        SELECT v.Version, v.DefinitionText, v.AuthorKind, v.AuthorId, v.AuthorName, v.CreatedAt,
            (SELECT COUNT(*) FROM SurveyResponses r WHERE r.TenantId = @TenantId AND r.SurveyId = v.SurveyId AND r.Version = v.Version) AS Answers
        FROM SurveyVersions v
        WHERE v.TenantId = @TenantId
          AND v.SurveyId = @SurveyId
        """);

    private static readonly TenantSql All = Select.Then("ORDER BY v.Version DESC");

    private static readonly TenantSql Answered = Select.Then("AND EXISTS (SELECT 1 FROM SurveyResponses a WHERE a.TenantId = @TenantId AND a.SurveyId = v.SurveyId AND a.Version = v.Version)");

    // 2: sent, and not answered yet.
    private static readonly TenantSql Asked = Select.Then("""
        AND (EXISTS (SELECT 1 FROM SurveyResponses a WHERE a.TenantId = @TenantId AND a.SurveyId = v.SurveyId AND a.Version = v.Version)
          OR EXISTS (SELECT 1 FROM SurveyInvitations i WHERE i.TenantId = @TenantId AND i.SurveyId = v.SurveyId AND i.Version = v.Version AND i.State = 2
            AND (i.ExpiresAt > @Now OR EXISTS (SELECT 1 FROM SurveyDrafts d WHERE d.TenantId = @TenantId AND d.InvitationId = i.Id))))
        """);

    private static readonly TenantSql One = TenantSql.Of("""
        SELECT v.DefinitionText
        FROM SurveyVersions v
        WHERE v.TenantId = @TenantId
          AND v.SurveyId = @SurveyId
          AND v.Version = @Version
        """);
}
