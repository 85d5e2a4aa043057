using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Tenant;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Invitations;

/// <summary>What somebody reads who is invited.</summary>
public sealed class InvitationLetter(LetterBox letters, CurrentSettings settings, IOptions<PublicOptions> address)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public async Task PostAsync(Invitation invitation, string token, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        await letters.PostAsync(new Letter
        {
            To = invitation.Email,
            Subject = $"You are invited to {tenant.Name}",
            Text = $"""
                {invitation.InvitedBy} invites you to {tenant.Name}{(tenant.IsTest ? " (test data)" : "")}, as {invitation.Role.ToString().ToLowerInvariant()}.

                To accept: {address.Value.LinkTo("invitation", token)}

                The link works for a week. If you do not know who this is, do nothing.
                """,
        }, ct);
    }
}
