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

/// <summary>POST /invitations/mine/acceptance: the token's holder becomes a user. Who is a person here already shows their password.</summary>
public static class AcceptInvitation
{
    public sealed record Request
    {
        /// <summary>What a new person is called. Who is known here keeps their name.</summary>
        [StringLength(200, MinimumLength = 1)] public string? Name { get; init; }

        /// <summary>A new person's new one; else the one there is.</summary>
        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest, MinimumLength = NewPasswordAttribute.Shortest), NewPassword] public required string Password { get; init; }
    }

    internal static async Task<Created<User>> Handle(
        Request request, HttpContext http, Caller caller, Enrolment enrolment, PeopleStore people, KeyChanges changes, TenantDb db,
        Platform.Tenancy.CurrentTenant tenant, EventLog events, CancellationToken ct)
    {
        var invitation = await Invitation.FindAsync(new Id<Invitation>(caller.KeyId), db, ct);
        var enrolled = await enrolment.ProveAsync(invitation.Email, EmailKey.Of(invitation.Email), request.Name, request.Password, ClientAddress.Of(http), ct);

        // First, and for good: the directory may be another database, and who proved their address may come again with the same password.
        var person = await enrolment.EnterAsync(enrolled, ct);
        User? user = null;
        await db.InTransactionAsync(async () =>
        {
            if (await db.ExecuteAsync(WithdrawInvitation.Delete, new { InvitationId = invitation.Id }, ct) == 0) throw ApiProblem.NotFound("invitation");
            var userId = await people.JoinAsync(person, tenant.Id, invitation.Role, ct);
            user = await User.FindAsync(new Id<User>(userId), db, ct);
            changes.Announce(invitation.Id.Value);
            events.Record("user.created", user);
        }, ct);
        return TypedResults.Created($"/v1/users/{user!.Id}", user);
    }
}
