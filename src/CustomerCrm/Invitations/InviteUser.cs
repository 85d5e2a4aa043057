using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Invitations;

/// <summary>POST /invitations: a letter to somebody who shall become a user.</summary>
public static class InviteUser
{
    // So many letters can somebody send who took over an account.
    internal const int MostOpen = 100;

    public sealed record Request
    {
        [StringLength(254)] public required string Email { get; init; }
        [Required] public Role? Role { get; init; }
    }

    internal static async Task<Created<Invitation>> Handle(
        Request request, Caller caller, RolePermissions permissions, InvitationLetter letter, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var email = EmailKey.Require(request.Email);
        GrantedRole.Check(request.Role!.Value, caller, permissions);
        if (await db.FindAsync<Id<User>?>(UserWith, new { EmailKey = email.Key }, ct) is { } userId)
            throw ApiProblem.Conflict("user_exists", "There is a user with this e-mail address already.", new Dictionary<string, object?> { ["user_id"] = userId.ToString() });
        if (await db.FindAsync<Id<Invitation>?>(InvitationTo, new { EmailKey = email.Key }, ct) is { } openId)
            throw ApiProblem.Conflict("invitation_exists", "Somebody was invited at this e-mail address already. Send that invitation again, or withdraw it.", new Dictionary<string, object?> { ["invitation_id"] = openId.ToString() });
        if (await db.FindAsync<int>(CountOpen, null, ct) >= MostOpen)
            throw ApiProblem.Conflict("too_many_invitations", $"At most {MostOpen} invitations can be open. Withdraw those that nobody answers.");

        var (now, token) = (clock.GetUtcNow(), ApiKeyText.Make(ApiKeyKind.Invitation));
        var invitation = new Invitation
        {
            Id = Id<Invitation>.New(),
            Email = email.Text,
            Role = request.Role.Value,
            InvitedBy = caller.KeyName,
            ExpiresAt = now + InvitationLetter.Life,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await db.ExecuteAsync(Insert, new
        {
            invitation.Id, invitation.Email, EmailKey = email.Key, Role = (int)invitation.Role, invitation.InvitedBy, Hash = ApiKeyText.HashOf(token), invitation.ExpiresAt, Now = now,
        }, ct);
        await letter.PostAsync(invitation, token, ct);
        events.Record("invitation.created", invitation);
        return TypedResults.Created($"/v1/invitations/{invitation.Id}", invitation);
    }

    private static readonly TenantSql UserWith = TenantSql.Of("""
        SELECT Id
        FROM Users
        WHERE TenantId = @TenantId
          AND EmailKey = @EmailKey
        """);

    private static readonly TenantSql InvitationTo = TenantSql.Of("""
        SELECT Id
        FROM Invitations
        WHERE TenantId = @TenantId
          AND EmailKey = @EmailKey
        """);

    private static readonly TenantSql CountOpen = TenantSql.Of("""
        SELECT COUNT(*)
        FROM Invitations
        WHERE TenantId = @TenantId
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Invitations (TenantId, Id, Email, EmailKey, Role, InvitedBy, Hash, ExpiresAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Email, @EmailKey, @Role, @InvitedBy, @Hash, @ExpiresAt, 1, @Now, @Now)
        """);
}
