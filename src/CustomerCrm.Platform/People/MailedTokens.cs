using CustomerCrm.Platform.Access.Keys;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.People;

/// <summary>What waits for a token that went by mail: tenants to be, and forgotten passwords. Each token is used once.</summary>
public sealed class MailedTokens
{
    public static readonly TimeSpan SignupLife = TimeSpan.FromDays(2), ResetLife = TimeSpan.FromHours(1);

    private readonly SystemDb system;
    private readonly TenantDb db;
    private readonly TimeProvider clock;

    internal MailedTokens(SystemDb system, TenantDb db, TimeProvider clock) => (this.system, this.db, this.clock) = (system, db, clock);

    /// <returns>The token, for the letter.</returns>
    public async Task<string> KeepSignupAsync(string email, string emailKey, string tenantName, string timeZone, string currency, string locale, CancellationToken ct)
    {
        var token = ApiKeyText.Make(ApiKeyKind.Signup);
        await db.InDirectory.ExecuteAsync(InsertSignup, new
        {
            Hash = ApiKeyText.HashOf(token), Email = email, EmailKey = emailKey, TenantName = tenantName, TimeZone = timeZone, Currency = currency, Locale = locale,
            ExpiresAt = clock.GetUtcNow() + SignupLife,
        }, ct);
        return token;
    }

    public async Task<KeptSignup?> FindSignupAsync(string token, CancellationToken ct) =>
        ApiKeyText.TryHash(token, ApiKeyKind.Signup) is { } hash
        && await system.QueryAsync<KeptSignup>(SignupByHash, new { Hash = hash, Now = clock.GetUtcNow() }, ct) is [var signup] ? signup : null;

    /// <returns>False: another request was first.</returns>
    public async Task<bool> UseAsync(KeptSignup signup, CancellationToken ct) => await db.InDirectory.ExecuteAsync(DeleteSignup, new { signup.Hash }, ct) == 1;

    /// <summary>Of a person, or of nobody: the row is written either way.</summary>
    public async Task<Guid> AskForResetAsync(string emailKey, CancellationToken ct)
    {
        var resetId = Guid.CreateVersion7();
        await db.InDirectory.ExecuteAsync(InsertReset, new { ResetId = resetId.ToByteArray(bigEndian: true), EmailKey = emailKey, ExpiresAt = clock.GetUtcNow() + ResetLife }, ct);
        return resetId;
    }

    /// <summary>Gives a reset its token, in the transaction that also writes the letter.</summary>
    /// <returns>Null: nobody has the address that was asked for.</returns>
    public async Task<(string Token, string Email)?> IssueResetAsync(Guid resetId, CancellationToken ct)
    {
        var token = ApiKeyText.Make(ApiKeyKind.PasswordReset);
        var args = new { ResetId = resetId.ToByteArray(bigEndian: true), Hash = ApiKeyText.HashOf(token) };
        if (await db.InDirectory.QueryAsync<string>(EmailOfReset, args, ct) is not [var email]) return null;
        await db.InDirectory.ExecuteAsync(GiveHash, args, ct);
        return (token, email);
    }

    /// <returns>Whose password it is; null for a token that is unknown, used or expired.</returns>
    public async Task<Guid?> FindResetAsync(string token, CancellationToken ct) =>
        ApiKeyText.TryHash(token, ApiKeyKind.PasswordReset) is { } hash
        && await system.QueryAsync<byte[]>(PersonOfReset, new { Hash = hash, Now = clock.GetUtcNow() }, ct) is [var personId] ? new Guid(personId, bigEndian: true) : null;

    /// <returns>False: another request was first.</returns>
    public async Task<bool> UseResetAsync(string token, CancellationToken ct) =>
        await db.InDirectory.ExecuteAsync(UseOnce, new { Hash = ApiKeyText.HashOf(token), Now = clock.GetUtcNow() }, ct) == 1;

    private static readonly SystemSql InsertSignup = SystemSql.Of("""
        INSERT INTO Signups (Hash, Email, EmailKey, TenantName, TimeZone, Currency, Locale, ExpiresAt)
        VALUES (@Hash, @Email, @EmailKey, @TenantName, @TimeZone, @Currency, @Locale, @ExpiresAt)
        """);

    private static readonly SystemSql SignupByHash = SystemSql.Of("""
        SELECT Hash, Email, EmailKey, TenantName, TimeZone, Currency, Locale
        FROM Signups
        WHERE Hash = @Hash
          AND ExpiresAt > @Now
        """);

    private static readonly SystemSql DeleteSignup = SystemSql.Of("DELETE FROM Signups WHERE Hash = @Hash");

    private static readonly SystemSql InsertReset = SystemSql.Of("""
        INSERT INTO PasswordResets (ResetId, PersonId, ExpiresAt)
        SELECT @ResetId, (SELECT p.PersonId FROM People p WHERE p.EmailKey = @EmailKey), @ExpiresAt
        """);

    private static readonly SystemSql EmailOfReset = SystemSql.Of("""
        SELECT p.Email
        FROM PasswordResets r
        JOIN People p ON p.PersonId = r.PersonId
        WHERE r.ResetId = @ResetId
        """);

    private static readonly SystemSql GiveHash = SystemSql.Of("UPDATE PasswordResets SET Hash = @Hash WHERE ResetId = @ResetId");

    private static readonly SystemSql PersonOfReset = SystemSql.Of("""
        SELECT PersonId
        FROM PasswordResets
        WHERE Hash = @Hash
          AND UsedAt IS NULL
          AND ExpiresAt > @Now
        """);

    private static readonly SystemSql UseOnce = SystemSql.Of("""
        UPDATE PasswordResets
        SET UsedAt = @Now
        WHERE Hash = @Hash
          AND UsedAt IS NULL
        """);
}

/// <summary>A tenant to be.</summary>
public sealed record KeptSignup
{
    public required byte[] Hash { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required string TenantName { get; init; }
    public required string TimeZone { get; init; }
    public required string Currency { get; init; }
    public required string Locale { get; init; }
}
