using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Invitations;

/// <summary>DELETE /invitations/{invitation_id}: the token in the letter is refused from the answer on.</summary>
internal static class WithdrawInvitation
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "invitation_id")] Id<Invitation> invitationId, IfMatch ifMatch, KeyChanges changes, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await Invitation.FindAsync(invitationId, db, ct);
        ifMatch.Check(current.Revision);
        if (await db.ExecuteAsync(Delete, new { InvitationId = invitationId }, ct) == 0) throw ApiProblem.NotFound("invitation");
        changes.Announce(invitationId.Value);
        events.Record("invitation.deleted", current);
        return TypedResults.NoContent();
    }

    internal static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Invitations
        WHERE TenantId = @TenantId
          AND Id = @InvitationId
        """);
}
