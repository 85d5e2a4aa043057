using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Me;

/// <summary>
/// POST /me/totp: a secret for the authenticator app. It counts once a code of it was shown. Who has a second factor already shows a code
/// of that one too: a password alone may be a thief's.
/// </summary>
public static class StartTotp
{
    private const string Issuer = "CustomerCrm";

    public sealed record Request
    {
        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest), MayBeBlank] public required string Password { get; init; }

        /// <summary>Of the app that is used now, or a recovery code; left out where there is no second factor yet.</summary>
        [StringLength(40)] public string? Code { get; init; }
    }

    /// <summary>For the app, in two forms of the same. It is not shown again.</summary>
    public sealed record Response
    {
        /// <summary>To be typed.</summary>
        /// <example>GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ</example>
        public required string Secret { get; init; }

        /// <summary>To be shown as a square code.</summary>
        /// <example>otpauth://totp/CustomerCrm:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&amp;issuer=CustomerCrm&amp;algorithm=SHA1&amp;digits=6&amp;period=30</example>
        public required string Uri { get; init; }
    }

    internal static async Task<Response> Handle(Request request, HttpContext http, MyPassword mine, SecondFactor secondFactor, SignInLimits limits, TenantDb db, CancellationToken ct)
    {
        var person = await mine.RequireAsync(request.Password, http, ct);
        if (person.HasSecondFactor)
        {
            if (request.Code is null) throw SignInRefusals.SecondFactor();
            await limits.TrySecondFactorAsync(person.EmailKey, ClientAddress.Of(http), ct);
        }
        byte[] secret = [];
        await db.WithDirectoryAsync(async () =>
        {
            if (person.HasSecondFactor && !await secondFactor.TakeAsync(person, request.Code!, ct)) throw SignInRefusals.SecondFactor();
            secret = await secondFactor.StartAsync(person, ct);
        }, ct);
        if (person.HasSecondFactor) limits.SecondFactorWasRight(person.EmailKey, ClientAddress.Of(http));
        return new Response { Secret = Totp.TextOf(secret), Uri = Totp.UriOf(secret, Issuer, person.Email) };
    }
}
