using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Invitations;

/// <summary>Somebody who was asked to become a user of this data set and has not answered.</summary>
public sealed record Invitation : IHasId, IVersioned
{
    public static string Prefix => "inv";

    public required Id<Invitation> Id { get; init; }
    public required string Email { get; init; }

    /// <summary>What they will be.</summary>
    public required Role Role { get; init; }

    /// <summary>The name of the person or the key that invited them.</summary>
    public required string InvitedBy { get; init; }

    /// <summary>From when the token in the letter is refused. Invite again to send another.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Invitation> FindAsync(Id<Invitation> invitationId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Invitation>(ById, new { InvitationId = invitationId }, ct) ?? throw ApiProblem.NotFound("invitation");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT i.Id, i.Email, i.Role, i.InvitedBy, i.ExpiresAt, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Invitations i
        WHERE i.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT i.Id, i.Email, i.Role, i.InvitedBy, i.ExpiresAt, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Invitations i
        WHERE i.TenantId = @TenantId
          AND i.Id = @InvitationId
        """);
}
