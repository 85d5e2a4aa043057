using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Invitations;

internal static class InvitationRoutes
{
    internal static readonly ListOf<Invitation> List = ListOf<Invitation>.From(Invitation.All, "i.Id", invitation => invitation.Id.ToBytes())
        .SortedBy("created_at", "i.CreatedAt", invitation => invitation.CreatedAt, isDescending: true)
        .SortedBy("expires_at", "i.ExpiresAt", invitation => invitation.ExpiresAt)
        .FilteredBy("role", "i.Role", FilterType.OneOf<Role>(), Operators.Equal | Operators.In);

    public static IServiceCollection AddInvitations(this IServiceCollection services) => services.AddScoped<InvitationLetter>();

    /// <summary>People who were asked to become users: a letter with a token, and their answer to it.</summary>
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("Invitations");

        invitations.MapGet("/", ListInvitations).Lists(List).Needs("users:read").Describe("List invitations",
            "Those that nobody has answered yet, the latest first; expired ones too, since they can be sent again.");
        invitations.MapPost("/", InviteUser.Handle).Needs("users:write").MayAnswer(409, "invitation_exists").Describe("Invite somebody",
            $"Sends a letter with a token that is good for a week. The role can be one that the caller could do everything of (403 `role_not_held`). 409 `user_exists` or `invitation_exists` for an address that is known; at most {InviteUser.MostOpen} open invitations.");
        invitations.MapGet("/mine", ShowMyInvitation.Handle).NeedsInvitation().Describe("Show one's own invitation",
            "To whoever sends the token from the letter as the bearer: which tenant, which role, and whether they give a new password or the one they have.");
        invitations.MapPost("/mine/acceptance", AcceptInvitation.Handle).NeedsInvitation().OpensItsOwnTransaction().MayAnswer(409, "already_exists").Describe("Accept one's own invitation",
            "With the token from the letter as the bearer. A new person gives a name and a new password; who is known here already gives the password they have (401 `credentials_invalid`). The token is then worth nothing; sign in.");
        invitations.MapGet("/{invitation_id}", ShowInvitation).Needs("users:read").Describe("Show an invitation",
            "Whom, as what, by whom and until when. The token is in the letter alone.");
        invitations.MapPost("/{invitation_id}/letter", SendInvitation.Handle).Needs("users:write").Describe("Send an invitation again",
            "Another letter with another token, good for a week; the token before is refused from the answer on. At most one letter in ten minutes (429).");
        invitations.MapDelete("/{invitation_id}", WithdrawInvitation.Handle).Needs("users:write").Describe("Withdraw an invitation",
            "The token in the letter is refused from the answer on, by other processes within a second.");
    }

    internal static Task<Page<Invitation>> ListInvitations(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<Invitation> ShowInvitation([FromRoute(Name = "invitation_id")] Id<Invitation> invitationId, TenantDb db, CancellationToken ct) =>
        Invitation.FindAsync(invitationId, db, ct);
}
