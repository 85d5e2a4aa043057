using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Surveys.Definitions;

namespace CustomerCrm.Surveys;

/// <summary>What customers are asked, when, and what becomes of it.</summary>
public sealed record Survey : IHasId, IVersioned
{
    public static string Prefix => "srv";

    public required Id<Survey> Id { get; init; }

    /// <example>After a ticket</example>
    public required string Name { get; init; }

    public required SurveyKind Kind { get; init; }
    public required SurveyStatus Status { get; init; }

    /// <summary>The questions that are asked now.</summary>
    public SurveyDefinition Definition => SurveyDefinition.Read(DefinitionText);

    /// <summary>Goes up with every change of the questions.</summary>
    public required int Version { get; init; }

    public SurveySettings Settings => SurveySettings.Read(SettingsText);

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] internal string DefinitionText { get; init; } = "";
    [JsonIgnore] internal string SettingsText { get; init; } = "";
    [JsonIgnore] internal DateTimeOffset? ActiveSince { get; init; }

    internal bool IsAnonymous => Settings.AnonymityThreshold is not null;

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Survey> FindAsync(Id<Survey> surveyId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Survey>(ById, new { SurveyId = surveyId }, ct) ?? throw ApiProblem.NotFound("survey");

    /// <summary>Those that ask by themselves.</summary>
    internal static Task<IReadOnlyList<Survey>> ActiveAsync(TenantDb db, CancellationToken ct) => db.QueryAsync<Survey>(Active, null, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT s.Id, s.Name, s.Kind, s.Status, s.Version, s.SettingsText, s.ActiveSince, s.Revision, s.CreatedAt, s.UpdatedAt, v.DefinitionText
        FROM Surveys s
        JOIN SurveyVersions v ON v.TenantId = s.TenantId AND v.SurveyId = s.Id AND v.Version = s.Version
        WHERE s.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND s.Id = @SurveyId");

    internal static readonly TenantSql NamingSegment = Matching.Then("AND s.SettingsText LIKE @Like ORDER BY s.Id");

    private static readonly TenantSql Active = Matching.Then("AND s.Status = 2 ORDER BY s.Id");

    internal static readonly ListOf<Survey> List = ListOf<Survey>.From(Matching, "s.Id", survey => survey.Id.ToBytes())
        .SortedBy("created_at", "s.CreatedAt", survey => survey.CreatedAt, isDescending: true)
        .FilteredBy("kind", "s.Kind", FilterType.OneOf<SurveyKind>(), Operators.Equal | Operators.In)
        .FilteredBy("status", "s.Status", FilterType.OneOf<SurveyStatus>(), Operators.Equal | Operators.In);
}
