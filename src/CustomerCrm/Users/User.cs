using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Users;

/// <summary>A person of this data set, with a role in it. The same person has another id and perhaps another role in another tenant.</summary>
public sealed record User : IHasId, IVersioned
{
    public static string Prefix => "usr";

    public required Id<User> Id { get; init; }

    /// <summary>The person's own, which only they change.</summary>
    public required string Name { get; init; }

    /// <summary>What they sign in with.</summary>
    public required string Email { get; init; }

    public required Role Role { get; init; }
    public required int Revision { get; init; }

    /// <summary>When they joined.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    internal byte[] PersonId { get; init; } = [];

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<User> FindAsync(Id<User> userId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<User>(ById, new { UserId = userId }, ct) ?? throw ApiProblem.NotFound("user");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT u.Id, u.Name, u.Email, u.Role, u.Revision, u.CreatedAt, u.UpdatedAt
        FROM Users u
        WHERE u.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT u.Id, u.PersonId, u.Name, u.Email, u.Role, u.Revision, u.CreatedAt, u.UpdatedAt
        FROM Users u
        WHERE u.TenantId = @TenantId
          AND u.Id = @UserId
        """);
}
