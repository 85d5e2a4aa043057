using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tenant;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Sessions;

/// <summary>POST /sessions: by e-mail address and password, and a code where there is a second factor. Nobody and a wrong password take the same answer and the same time.</summary>
public static class SignIn
{
    public sealed record Request
    {
        [StringLength(254)] public required string Email { get; init; }

        /// <example>three blind camels in Linz</example>
        [StringLength(NewPasswordAttribute.Longest), MayBeBlank] public required string Password { get; init; }

        /// <summary>Of the authenticator app, or a recovery code; where there is a second factor.</summary>
        /// <example>287082</example>
        [StringLength(40)] public string? Code { get; init; }

        /// <summary>Which tenant, for a person who belongs to several.</summary>
        public Id<TenantAccount>? TenantId { get; init; }

        /// <summary>Which data; live, if this is absent and the person has both.</summary>
        public Mode? Mode { get; init; }
    }

    /// <summary>The new session, and what it is for.</summary>
    public sealed record Response : Tokens
    {
        public required Id<User> UserId { get; init; }
        public required Role Role { get; init; }
        public required Id<TenantAccount> TenantId { get; init; }
        public required string TenantName { get; init; }
        public required Mode Mode { get; init; }
    }

    internal static async Task<Created<Response>> Handle(
        Request request, HttpContext http, PeopleStore people, Passwords passwords, SecondFactor secondFactor, SignInLimits limits, SessionTokens tokens,
        TenantDb db, CancellationToken ct)
    {
        var (emailKey, address) = (EmailKey.Of(request.Email), ClientAddress.Of(http));
        await limits.TryPasswordAsync(emailKey, address, ct);
        var person = await people.FindAsync(emailKey, ct);
        var check = await passwords.CheckAsync(person?.PasswordHash, request.Password, ct);
        if (person is null || check == PasswordCheck.Wrong) throw SignInRefusals.Credentials();
        limits.PasswordWasRight(emailKey, address);

        if (person.HasSecondFactor)
        {
            if (request.Code is null) throw ApiProblem.Unauthorized("second_factor_required", "The password is right. Send it again with the code of the authenticator app, or with a recovery code.");
            await limits.TrySecondFactorAsync(emailKey, address, ct);
        }
        var memberships = await people.MembershipsAsync(person, ct);
        var rehashed = check == PasswordCheck.RightButOld ? await passwords.HashAsync(request.Password, ct) : null;

        Response? opened = null;
        await db.InTransactionAsync(async () =>
        {
            if (person.HasSecondFactor && !await secondFactor.TakeAsync(person, request.Code!, ct)) throw SignInRefusals.SecondFactor();
            // Undoes the taking of the code if a tenant is still to be chosen.
            var user = TenantChoice.Of(memberships, request.TenantId, request.Mode);
            if (rehashed is not null) await people.RehashAsync(person, rehashed, ct);
            opened = ResponseOf(await tokens.OpenAsync(user, limits.FingerprintOf(address), BrowserOf(http), ct), user);
        }, ct);
        if (person.HasSecondFactor) limits.SecondFactorWasRight(emailKey, address);
        return TypedResults.Created($"/v1/sessions/{opened!.SessionId}", opened);
    }

    private static Response ResponseOf(IssuedTokens issued, Membership user) => new()
    {
        SessionId = new Id<Session>(issued.SessionId),
        AccessToken = issued.Access,
        AccessExpiresAt = issued.AccessExpiresAt,
        RefreshToken = issued.Refresh,
        RefreshExpiresAt = issued.RefreshExpiresAt,
        UserId = Id<User>.FromBytes(user.UserId),
        Role = user.Role,
        TenantId = Id<TenantAccount>.FromBytes(user.AccountId),
        TenantName = user.TenantName,
        Mode = user.IsTest ? Tenant.Mode.Test : Tenant.Mode.Live,
    };

    private static string? BrowserOf(HttpContext http)
    {
        var said = new string([.. http.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(200)]);
        return said.Length == 0 ? null : said;
    }
}
