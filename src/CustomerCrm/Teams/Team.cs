using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Teams;

/// <summary>Users who work together. A user can be in several.</summary>
public sealed record Team : IHasId, IVersioned
{
    public static string Prefix => "tea";

    public required Id<Team> Id { get; init; }

    /// <summary>No two teams have the same, capitals aside.</summary>
    /// <example>Support</example>
    public required string Name { get; init; }

    public string? Description { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of its name or description; members that come and go are no update.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Team> FindAsync(Id<Team> teamId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Team>(ById, new { TeamId = teamId }, ct) ?? throw ApiProblem.NotFound("team");

    internal static ApiProblem Exists() => ApiProblem.Conflict("team_exists", "There is a team of this name already.");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT t.Id, t.Name, t.Description, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM Teams t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT t.Id, t.Name, t.Description, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM Teams t
        WHERE t.TenantId = @TenantId
          AND t.Id = @TeamId
        """);
}
