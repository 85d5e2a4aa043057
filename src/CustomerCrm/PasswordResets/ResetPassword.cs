using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.PasswordResets;

/// <summary>POST /password_resets/confirmation: a new password for the token from the letter, and the end of every session.</summary>
public static class ResetPassword
{
    public sealed record Request
    {
        /// <summary>From the letter.</summary>
        /// <example>crm_reset_8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ0KxPz2</example>
        [StringLength(100)] public required string Token { get; init; }

        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest, MinimumLength = NewPasswordAttribute.Shortest), NewPassword] public required string Password { get; init; }
    }

    internal static async Task<NoContent> Handle(
        Request request, HttpContext http, MailedTokens tokens, PeopleStore people, Passwords passwords, SignInLimits limits, LetterBox letters, TenantDb db, CancellationToken ct)
    {
        var personId = await tokens.FindResetAsync(request.Token, ct) ?? throw Spent();
        var person = await people.GetAsync(personId, ct);
        var hash = await passwords.HashAsync(request.Password, ct);
        await db.InTransactionAsync(async () =>
        {
            if (!await tokens.UseResetAsync(request.Token, ct)) throw Spent();
            await people.ChangePasswordAsync(person, hash, limits.FingerprintOf(ClientAddress.Of(http)), ct);
            await letters.PostAsync(PasswordChanged.LetterTo(person.Email), ct);
        }, ct);
        return TypedResults.NoContent();
    }

    private static ApiProblem Spent() => ApiProblem.Invalid("/token", "token_invalid", "The token is not valid, was used before or has expired. Ask for another.");
}
