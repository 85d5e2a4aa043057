using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Invitations;

/// <summary>POST /invitations/{invitation_id}/letter: another letter with another token; the one before is worth nothing.</summary>
internal static class SendInvitation
{
    /// <summary>At most one letter in so long, to one address.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromMinutes(10);

    internal static async Task<Invitation> Handle(
        [FromRoute(Name = "invitation_id")] Id<Invitation> invitationId, IfMatch ifMatch, Caller caller, RolePermissions permissions, InvitationLetter letter,
        KeyChanges changes, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Invitation.FindAsync(invitationId, db, ct);
        ifMatch.Check(current.Revision);
        GrantedRole.Check(current.Role, caller, permissions);
        var now = clock.GetUtcNow();
        if (current.UpdatedAt + pause > now) throw ApiProblem.QuotaExceeded("letters", current.UpdatedAt + pause - now);

        var token = ApiKeyText.Make(ApiKeyKind.Invitation);
        var sent = current with { ExpiresAt = now + InvitationLetter.Life, Revision = current.Revision + 1, UpdatedAt = now };
        if (await db.ExecuteAsync(Update, new { sent.Id, Hash = ApiKeyText.HashOf(token), sent.ExpiresAt, sent.Revision, sent.UpdatedAt }, ct) == 0)
            throw ApiProblem.PreconditionFailed();
        changes.Announce(invitationId.Value);
        await letter.PostAsync(sent, token, ct);
        events.Record("invitation.updated", sent);
        return sent;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Invitations
        SET Hash = @Hash, ExpiresAt = @ExpiresAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
