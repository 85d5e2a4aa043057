using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.PasswordResets;

/// <summary>POST /password_resets: a letter, if anyone has this address. Whether, neither the answer nor its time says: who it is for is looked up in the job.</summary>
public static class AskForReset
{
    public sealed record Request
    {
        [StringLength(254)] public required string Email { get; init; }
    }

    internal static async Task<Accepted> Handle(Request request, HttpContext http, SignInLimits limits, MailedTokens tokens, JobQueue jobs, TenantDb db, CancellationToken ct)
    {
        var emailKey = EmailKey.Require(request.Email).Key;
        limits.TryLetter(emailKey, ClientAddress.Of(http), LetterKind.PasswordReset);
        await db.InTransactionAsync(async () => await jobs.EnqueueAsync(new SendReset(await tokens.AskForResetAsync(emailKey, ct)), ct), ct);
        return TypedResults.Accepted((string?)null);
    }
}
