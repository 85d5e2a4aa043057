using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Chat;

/// <summary>Writes visitors, and knows them by their tokens: 256 random bits, of which only the hash is kept.</summary>
internal sealed class VisitorBook(TenantDb db, TimeProvider clock)
{
    /// <summary>After the visitor was seen last.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 43;

    private static readonly TimeSpan seenEvery = TimeSpan.FromMinutes(1);

    /// <returns>The visitor, and the token's text, which is nowhere else.</returns>
    public async Task<(ChatVisitor Visitor, string Token)> AddAsync(NewVisitor begins, CancellationToken ct)
    {
        var (now, token) = (clock.GetUtcNow(), $"vt_{RandomNumberGenerator.GetString(Base62, Length)}");
        var visitor = new ChatVisitor { Id = Id<ChatVisitor>.New(), ConversationId = begins.ConversationId, IsVerified = begins.IsVerified, Name = begins.Name, ExpiresAt = now + Lasts, LastSeenAt = now };
        await db.ExecuteAsync(Insert, new
        {
            visitor.Id, visitor.ConversationId, TokenHash = HashOf(token), visitor.IsVerified, MadeCustomer = begins.MadeCustomer?.ToBytes(),
            AnonymousKey = begins.AnonymousId is { } anonymous ? Encoding.UTF8.GetBytes(anonymous) : null,
            begins.Name, begins.Email, EmailKey = begins.Email is { } email ? Encoding.UTF8.GetBytes(Customers.Identities.Forms.EmailKey.Of(email)) : null, begins.PageUrl, visitor.ExpiresAt, Now = now,
        }, ct);
        return (visitor, token);
    }

    /// <returns>Null: the token is nobody's, or has ended.</returns>
    public async Task<ChatVisitor?> FindAsync(string token, CancellationToken ct) => await db.FindAsync<ChatVisitor>(ByToken, new { TokenHash = HashOf(token), Now = clock.GetUtcNow() }, ct);

    public Task<ChatVisitor?> FindAsync(Id<ChatVisitor> id, CancellationToken ct) => db.FindAsync<ChatVisitor>(ById, new { Id = id, Now = clock.GetUtcNow() }, ct);

    /// <summary>They are here: their token lasts on. Written once a minute, however often they ask.</summary>
    public async Task SeeAsync(ChatVisitor visitor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - visitor.LastSeenAt >= seenEvery) await db.ExecuteAsync(See, new { visitor.Id, Now = now, ExpiresAt = now + Lasts }, ct);
    }

    public Task ReadAsync(ChatVisitor visitor, int number, CancellationToken ct) => db.ExecuteAsync(Read, new { visitor.Id, Number = number }, ct);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static readonly TenantSql ByToken = ChatVisitor.Matching.Then("AND v.TokenHash = @TokenHash AND v.ExpiresAt > @Now");

    private static readonly TenantSql ById = ChatVisitor.Matching.Then("AND v.Id = @Id AND v.ExpiresAt > @Now");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ChatVisitors (TenantId, Id, ConversationId, TokenHash, IsVerified, MadeCustomer, AnonymousKey, Name, Email, EmailKey, PageUrl, ReadNumber, ExpiresAt, LastSeenAt, CreatedAt)
        VALUES (@TenantId, @Id, @ConversationId, @TokenHash, @IsVerified, @MadeCustomer, @AnonymousKey, @Name, @Email, @EmailKey, @PageUrl, 0, @ExpiresAt, @Now, @Now)
        """);

    private static readonly TenantSql See = TenantSql.Of("""
        UPDATE ChatVisitors
        SET LastSeenAt = @Now, ExpiresAt = @ExpiresAt
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);

    private static readonly TenantSql Read = TenantSql.Of("""
        UPDATE ChatVisitors
        SET ReadNumber = @Number
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND ReadNumber < @Number
        """);
}
