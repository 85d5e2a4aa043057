using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Me;

/// <summary>POST /me/totp/confirmation: the app's first code. From now on a code is asked for at sign-in.</summary>
public static class ConfirmTotp
{
    public sealed record Request
    {
        /// <example>287082</example>
        [StringLength(40)] public required string Code { get; init; }
    }

    /// <summary>What opens the second door when the phone is lost, each once. They are not shown again.</summary>
    public sealed record Codes
    {
        /// <example>["k7m2xq-0vd9rt-h3wz5c-8pnyb1"]</example>
        [MaxLength(10)] public required IReadOnlyList<string> RecoveryCodes { get; init; }
    }

    internal static async Task<Codes> Handle(
        Request request, HttpContext http, Caller caller, PeopleStore people, SecondFactor secondFactor, SignInLimits limits, TenantDb db, CancellationToken ct)
    {
        var person = await people.GetAsync(caller.User!.PersonId, ct);
        if (person.NewTotpSecret is null) throw ApiProblem.Conflict("second_factor_not_started", "There is no new secret to confirm. Ask for one first.");
        await limits.TrySecondFactorAsync(person.EmailKey, ClientAddress.Of(http), ct);

        IReadOnlyList<string>? codes = null;
        await db.WithDirectoryAsync(async () => codes = await secondFactor.ConfirmAsync(person, request.Code, ct) ?? throw SignInRefusals.SecondFactor(), ct);
        limits.SecondFactorWasRight(person.EmailKey, ClientAddress.Of(http));
        return new Codes { RecoveryCodes = codes! };
    }
}
