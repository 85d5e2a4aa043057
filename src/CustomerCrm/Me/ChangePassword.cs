using System.ComponentModel.DataAnnotations;
using CustomerCrm.PasswordResets;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Me;

/// <summary>POST /me/password: another password, for the one of now; and the end of every session, this one too.</summary>
public static class ChangePassword
{
    public sealed record Request
    {
        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest), MayBeBlank] public required string CurrentPassword { get; init; }

        /// <example>four deaf herons in Graz</example>
        [StringLength(NewPasswordAttribute.Longest, MinimumLength = NewPasswordAttribute.Shortest), NewPassword] public required string NewPassword { get; init; }
    }

    internal static async Task<NoContent> Handle(
        Request request, HttpContext http, MyPassword mine, Passwords passwords, PeopleStore people, LetterBox letters, TenantDb db, CancellationToken ct)
    {
        var person = await mine.RequireAsync(request.CurrentPassword, http, ct);
        var hash = await passwords.HashAsync(request.NewPassword, ct);
        await db.WithDirectoryAsync(async () =>
        {
            await people.ChangePasswordAsync(person, hash, resetFrom: null, ct);
            await letters.PostAsync(PasswordChanged.LetterTo(person.Email), ct);
        }, ct);
        return TypedResults.NoContent();
    }
}
