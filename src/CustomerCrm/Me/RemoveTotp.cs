using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Me;

/// <summary>POST /me/totp/removal and /me/recovery_codes: with password and code, since either alone may be a thief's.</summary>
public static class RemoveTotp
{
    public sealed record Request
    {
        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest), MayBeBlank] public required string Password { get; init; }

        /// <summary>Of the app, or a recovery code.</summary>
        /// <example>287082</example>
        [StringLength(40)] public required string Code { get; init; }
    }

    internal static async Task<NoContent> Handle(Request request, HttpContext http, MyPassword mine, SecondFactor secondFactor, SignInLimits limits, TenantDb db, CancellationToken ct)
    {
        await WithBothAsync(request, http, mine, secondFactor, limits, db, person => secondFactor.RemoveAsync(person, ct), ct);
        return TypedResults.NoContent();
    }

    internal static async Task<ConfirmTotp.Codes> RenewRecoveryCodes(
        Request request, HttpContext http, MyPassword mine, SecondFactor secondFactor, SignInLimits limits, TenantDb db, CancellationToken ct)
    {
        IReadOnlyList<string> codes = [];
        await WithBothAsync(request, http, mine, secondFactor, limits, db, async person => codes = await secondFactor.RenewRecoveryCodesAsync(person, ct), ct);
        return new ConfirmTotp.Codes { RecoveryCodes = codes };
    }

    private static async Task WithBothAsync(
        Request request, HttpContext http, MyPassword mine, SecondFactor secondFactor, SignInLimits limits, TenantDb db, Func<Person, Task> work, CancellationToken ct)
    {
        var person = await mine.RequireAsync(request.Password, http, ct);
        if (!person.HasSecondFactor) throw ApiProblem.Conflict("second_factor_off", "There is no second factor.");
        await limits.TrySecondFactorAsync(person.EmailKey, ClientAddress.Of(http), ct);
        await db.WithDirectoryAsync(async () =>
        {
            if (!await secondFactor.TakeAsync(person, request.Code, ct)) throw SignInRefusals.SecondFactor();
            await work(person);
        }, ct);
        limits.SecondFactorWasRight(person.EmailKey, ClientAddress.Of(http));
    }
}
