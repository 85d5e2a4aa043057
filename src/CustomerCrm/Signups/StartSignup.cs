using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Money;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;
using CustomerCrm.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Signups;

/// <summary>POST /signups: a letter to whoever would have a tenant. Nothing is made before they show that they got it, and nobody learns whether the address is known.</summary>
public static class StartSignup
{
    public sealed record Request
    {
        [StringLength(254)] public required string Email { get; init; }

        /// <summary>Of the tenant to be.</summary>
        [StringLength(TenantNameAttribute.Longest, MinimumLength = 1), TenantName] public required string TenantName { get; init; }

        /// <summary>An IANA name.</summary>
        [StringLength(64), TimeZoneName] public string TimeZone { get; init; } = "UTC";

        /// <summary>ISO 4217.</summary>
        [StringLength(3), CurrencyCode] public string Currency { get; init; } = "EUR";

        /// <summary>A BCP 47 language tag.</summary>
        [StringLength(35), LanguageTag] public string Locale { get; init; } = "en";
    }

    internal static async Task<Accepted> Handle(
        Request request, HttpContext http, IOptions<SignupOptions> signup, IHostEnvironment environment, IOptions<PublicOptions> address, SignInLimits limits, MailedTokens tokens,
        LetterBox letters, TenantDb db, CancellationToken ct)
    {
        if (signup.Value.ModeIn(environment) == SignupMode.Closed) throw ApiProblem.Forbidden("signup_closed", "Nobody can sign up here; the operator makes tenants.");
        var email = EmailKey.Require(request.Email);
        limits.TryLetter(email.Key, ClientAddress.Of(http), LetterKind.Signup);
        await db.InTransactionAsync(async () =>
        {
            var token = await tokens.KeepSignupAsync(email.Text, email.Key, request.TenantName, request.TimeZone, request.Currency, LocaleTag.Of(request.Locale), ct);
            await letters.PostAsync(LetterWith(token, email.Text, request.TenantName, address.Value), ct);
        }, ct);
        return TypedResults.Accepted((string?)null);
    }

    private static Letter LetterWith(string token, string email, string tenantName, PublicOptions address) => new()
    {
        To = email,
        Subject = $"Confirm your sign-up of {TenantNameAttribute.InLetter(tenantName)}",
        Text = $"""
            Somebody, probably you, would like to open {TenantNameAttribute.InLetter(tenantName)} with this e-mail address.

            To go on: {address.LinkTo("signup", token)}

            The link works once, for two days. If it was not you, do nothing: nothing has been made.
            """,
    };
}
