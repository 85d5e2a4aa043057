using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Slas;

/// <summary>How soon which tickets are answered and solved, and what happens when that comes near.</summary>
public sealed record SlaPolicy : IHasId, IVersioned
{
    public static string Prefix => "sla";

    public required Id<SlaPolicy> Id { get; init; }

    /// <summary>No two have the same, capitals aside.</summary>
    /// <example>Best customers</example>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The first in this order whose condition holds is the ticket's.</summary>
    public required int Position { get; init; }

    public required bool IsEnabled { get; init; }

    public SlaDefinition Definition => JsonSerializer.Deserialize<SlaDefinition>(DefinitionText, StrictJson.Options)!;

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string DefinitionText { get; init; } = "";

    internal static ApiProblem Exists() => ApiProblem.Conflict("sla_exists", "There is an SLA of this name already.");

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<SlaPolicy> FindAsync(Id<SlaPolicy> slaId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<SlaPolicy>(ById, new { SlaId = slaId }, ct) ?? throw ApiProblem.NotFound("SLA");

    /// <summary>Those that are asked, in their order.</summary>
    internal static Task<IReadOnlyList<SlaPolicy>> AtWorkAsync(TenantDb db, CancellationToken ct) => db.QueryAsync<SlaPolicy>(AtWork, null, ct);

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT p.Id, p.Name, p.Description, p.Position, p.IsEnabled, p.DefinitionText, p.Revision, p.CreatedAt, p.UpdatedAt
        FROM SlaPolicies p
        WHERE p.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND p.Id = @SlaId");

    internal static readonly TenantSql NamingSegment = Matching.Then("AND p.DefinitionText LIKE @Like ORDER BY p.Id");

    private static readonly TenantSql AtWork = Matching.Then("AND p.IsEnabled = 1 ORDER BY p.Position, p.Id");

    internal static readonly ListOf<SlaPolicy> List = ListOf<SlaPolicy>.From(Matching, "p.Id", policy => policy.Id.ToBytes())
        .SortedBy("position", "p.Position", policy => policy.Position)
        .SortedBy("created_at", "p.CreatedAt", policy => policy.CreatedAt)
        .FilteredBy("is_enabled", "p.IsEnabled", FilterType.Boolean, Operators.Equal);
}
