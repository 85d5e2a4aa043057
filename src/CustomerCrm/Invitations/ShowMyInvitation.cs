using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Tenant;

namespace CustomerCrm.Invitations;

/// <summary>GET /invitations/mine: what the token's holder is invited to, for the page that the link leads to.</summary>
public static class ShowMyInvitation
{
    public sealed record MyInvitation
    {
        public required string TenantName { get; init; }
        public required Mode Mode { get; init; }
        public required string Email { get; init; }
        public required Role Role { get; init; }
        public required string InvitedBy { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }

        /// <summary>Whether the holder is a person here already, and accepts with the password they have. Only who got the letter learns this.</summary>
        public required bool IsKnown { get; init; }
    }

    internal static async Task<MyInvitation> Handle(Caller caller, CurrentSettings settings, PeopleStore people, TenantDb db, CancellationToken ct)
    {
        var invitation = await Invitation.FindAsync(new Id<Invitation>(caller.KeyId), db, ct);
        var tenant = await settings.GetAsync(ct);
        return new MyInvitation
        {
            TenantName = tenant.Name,
            Mode = tenant.IsTest ? Mode.Test : Mode.Live,
            Email = invitation.Email,
            Role = invitation.Role,
            InvitedBy = invitation.InvitedBy,
            ExpiresAt = invitation.ExpiresAt,
            IsKnown = await people.FindAsync(EmailKey.Of(invitation.Email), ct) is not null,
        };
    }
}
