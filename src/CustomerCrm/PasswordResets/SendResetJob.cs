using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.People;
using Microsoft.Extensions.Options;

namespace CustomerCrm.PasswordResets;

public sealed record SendReset(Guid ResetId);

/// <summary>Writes the letter with the token. Done twice, the later letter is the one that works.</summary>
internal sealed class SendResetJob(MailedTokens tokens, LetterBox letters, TenantDb db, IOptions<PublicOptions> address) : IJob<SendReset>
{
    public Task RunAsync(SendReset work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await tokens.IssueResetAsync(work.ResetId, ct) is not var (token, email)) return; // nobody's address
        await letters.PostAsync(new Letter
        {
            To = email,
            Subject = "Set a new password",
            Text = $"""
                Somebody, probably you, forgot the password of this e-mail address.

                To set a new one: {address.Value.LinkTo("reset", token)}

                The link works once, for an hour; then every session ends and you sign in anew. If it was not you, do nothing: the password stays.
                """,
        }, ct);
    }, ct);
}
