using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Tenant;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Signups;

/// <summary>POST /signups/confirmation: the tenant, with whoever got the letter as its owner. Who is a person here already shows their password.</summary>
public static class ConfirmSignup
{
    public sealed record Request
    {
        /// <summary>From the letter.</summary>
        /// <example>crm_signup_8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ0KxPz2</example>
        [StringLength(100)] public required string Token { get; init; }

        /// <summary>What a new person is called. Who is known here keeps their name.</summary>
        [StringLength(200, MinimumLength = 1)] public string? Name { get; init; }

        /// <summary>A new person's new one; else the one there is.</summary>
        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest, MinimumLength = NewPasswordAttribute.Shortest), NewPassword] public required string Password { get; init; }
    }

    public sealed record Response
    {
        public required Id<TenantAccount> TenantId { get; init; }
        public required string TenantName { get; init; }

        /// <summary>What to sign in with.</summary>
        public required string Email { get; init; }
    }

    internal static async Task<Created<Response>> Handle(
        Request request, HttpContext http, MailedTokens tokens, Enrolment enrolment, PeopleStore people, TenantRegistry tenants, TenantDb db, CancellationToken ct)
    {
        var signup = await tokens.FindSignupAsync(request.Token, ct) ?? throw Spent();
        var enrolled = await enrolment.ProveAsync(signup.Email, signup.EmailKey, request.Name, request.Password, ClientAddress.Of(http), ct);

        OpenedAccount? account = null;
        await db.InTransactionAsync(async () =>
        {
            if (!await tokens.UseAsync(signup, ct)) throw Spent();
            account = await tenants.OpenAsync(ProfileOf(signup), ct);
            var person = await enrolment.EnterAsync(enrolled, ct);
            await people.JoinAsync(person, account.LiveId, Role.Owner, ct);
            await people.JoinAsync(person, account.TestId, Role.Owner, ct);
        }, ct);
        return TypedResults.Created("/v1/tenant", new Response { TenantId = new Id<TenantAccount>(account!.AccountId), TenantName = signup.TenantName, Email = signup.Email });
    }

    private static ApiProblem Spent() => ApiProblem.Invalid("/token", "token_invalid", "The token is not valid, was used before or has expired. Sign up again.");

    private static TenantProfile ProfileOf(KeptSignup signup) => new()
    {
        Name = signup.TenantName,
        TimeZone = signup.TimeZone,
        Currency = signup.Currency,
        Locale = signup.Locale,
        WeekStart = DayOfWeek.Monday,
        DiscountRate = 0.01,
    };
}
