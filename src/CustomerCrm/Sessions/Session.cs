using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Sessions;

/// <summary>A sign-in of one's own that has not ended.</summary>
public sealed record Session : IHasId, IVersioned
{
    public static string Prefix => "ses";

    public required Id<Session> Id { get; init; }

    /// <summary>What the browser or program called itself at sign-in.</summary>
    public string? Browser { get; init; }

    /// <summary>Whether it is the one that asks.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When somebody signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its tokens were last renewed.</summary>
    public required DateTimeOffset RefreshedAt { get; init; }

    /// <summary>When one has to sign in again, however often the tokens are renewed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required int Revision { get; init; }

    /// <exception cref="ApiProblem">404: the user has no such session.</exception>
    internal static async Task<Session> FindAsync(Id<Session> sessionId, Guid userId, Guid currentId, TenantDb db, TimeProvider clock, CancellationToken ct) =>
        await db.FindAsync<Session>(ById, new { SessionId = sessionId, UserId = userId.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct) is { } session
            ? session with { IsCurrent = sessionId.Value == currentId }
            : throw ApiProblem.NotFound("session");

    internal static readonly TenantSql OfUser = TenantSql.Of("""
        SELECT s.Id, s.Browser, s.CreatedAt, s.RefreshedAt, s.ExpiresAt, s.Revision
        FROM Sessions s
        WHERE s.TenantId = @TenantId
          AND s.UserId = @UserId
          AND s.EndedAt IS NULL
          AND s.ExpiresAt > @Now
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT s.Id, s.Browser, s.CreatedAt, s.RefreshedAt, s.ExpiresAt, s.Revision
        FROM Sessions s
        WHERE s.TenantId = @TenantId
          AND s.UserId = @UserId
          AND s.Id = @SessionId
          AND s.EndedAt IS NULL
          AND s.ExpiresAt > @Now
        """);
}
