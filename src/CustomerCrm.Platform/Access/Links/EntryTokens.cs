using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Platform.Access.Links;

/// <summary>
/// Tokens that stand in the address of a public route and open it for one owner: 256 random bits, of which only the hash is kept.
/// They lead from outside into a tenant, so they are looked up across all of them; what they open must not read anything back.
/// </summary>
public sealed class EntryTokens
{
    private readonly Databases databases;
    private readonly OutsideLimits limits;
    private readonly TimeProvider clock;

    internal EntryTokens(Databases databases, OutsideLimits limits, TimeProvider clock) => (this.databases, this.limits, this.clock) = (databases, limits, clock);

    /// <summary>Lets the request in as the tenant whose token it is.</summary>
    /// <returns>The owner; null where the token opens nothing of this kind. Unknown, replaced and deleted ones are not told apart.</returns>
    /// <exception cref="ApiProblem">429: the address tries too many tokens, or too much comes in by this one.</exception>
    public async Task<Guid?> EnterAsync(HttpContext http, EntryKind kind, string token, CancellationToken ct)
    {
        var row = token.Length > 100 ? null
            : await databases.FindAnywhereAsync<Row>(ByHash, new { Hash = HashOf(token), Kind = (int)kind, Now = clock.GetUtcNow() }, found => found.TenantId, hint: null, ct);
        if (row is null)
        {
            limits.Refuse(http);
            return null;
        }
        http.RequestServices.GetRequiredService<CurrentTenant>().Set(row.TenantId);
        var owner = new Guid(row.OwnerId, bigEndian: true);
        limits.Admit(http, owner);
        return owner;
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record Row
    {
        public required int TenantId { get; init; }
        public required byte[] OwnerId { get; init; }
    }

    private static readonly SystemSql ByHash = SystemSql.Of("""
        SELECT t.TenantId, t.OwnerId
        FROM EntryTokens t
        WHERE t.Hash = @Hash
          AND t.Kind = @Kind
          AND (t.ExpiresAt IS NULL OR t.ExpiresAt > @Now)
        """);
}

/// <summary>What a token opens. The numbers are stored.</summary>
public enum EntryKind
{
    InboundHook = 1,
    Storefront = 2,

    /// <summary>A name in addresses, which is no secret.</summary>
    HelpPages = 3,
}

/// <summary>Makes the tokens of one tenant, and takes them back.</summary>
public sealed class EntryTokenWriter(TenantDb db, TimeProvider clock)
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 43; // 256 bits

    /// <returns>The token's text, which is nowhere else.</returns>
    public async Task<string> AddAsync(EntryKind kind, Guid owner, CancellationToken ct)
    {
        var token = RandomNumberGenerator.GetString(Base62, Length);
        await db.ExecuteAsync(Insert, new { Hash = EntryTokens.HashOf(token), Kind = (int)kind, OwnerId = owner.ToByteArray(bigEndian: true), Now = clock.GetUtcNow() }, ct);
        return token;
    }

    /// <summary>A new one; those there were open until <paramref name="formerUntil"/>, and not at all where that is now.</summary>
    public async Task<string> ReplaceAsync(EntryKind kind, Guid owner, DateTimeOffset formerUntil, CancellationToken ct)
    {
        await db.ExecuteAsync(Expire, new { OwnerId = owner.ToByteArray(bigEndian: true), ExpiresAt = formerUntil }, ct);
        return await AddAsync(kind, owner, ct);
    }

    public Task RemoveAsync(Guid owner, CancellationToken ct) => db.ExecuteAsync(Delete, new { OwnerId = owner.ToByteArray(bigEndian: true) }, ct);

    /// <summary>What a person recognises a token by; of no use to anyone else.</summary>
    public static string HintOf(string token) => $"…{token[^4..]}";

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO EntryTokens (TenantId, Hash, Kind, OwnerId, ExpiresAt, CreatedAt)
        VALUES (@TenantId, @Hash, @Kind, @OwnerId, NULL, @Now)
        """);

    private static readonly TenantSql Expire = TenantSql.Of("""
        UPDATE EntryTokens
        SET ExpiresAt = @ExpiresAt
        WHERE TenantId = @TenantId
          AND OwnerId = @OwnerId
          AND (ExpiresAt IS NULL OR ExpiresAt > @ExpiresAt)
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM EntryTokens
        WHERE TenantId = @TenantId
          AND OwnerId = @OwnerId
        """);
}
