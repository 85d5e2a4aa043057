using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerCrm.Platform.Access.Links;

/// <summary>
/// Tickets for those who cannot send a header: a download in a browser, a stream of events. A ticket opens one address of one tenant
/// for a short time, some of them only once; it is signed, and nothing is stored until one that is for once is used.
/// </summary>
public sealed class LinkTickets
{
    public const string Parameter = "ticket";
    private const int SignatureLength = 16, HeadLength = 4 + 8 + 1 + 16;

    private readonly InstallationSecrets secrets;
    private readonly Databases databases;
    private readonly TimeProvider clock;

    internal LinkTickets(InstallationSecrets secrets, Databases databases, TimeProvider clock) => (this.secrets, this.databases, this.clock) = (secrets, databases, clock);

    /// <param name="tenant">Whose it is.</param>
    /// <param name="path">The one address it opens, for GET.</param>
    /// <param name="lasts">How long.</param>
    /// <param name="isForOnce">The second who brings it is refused.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<LinkTicket> MakeAsync(CurrentTenant tenant, string path, TimeSpan lasts, bool isForOnce, CancellationToken ct)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + lasts).ToUnixTimeSeconds());
        var head = new byte[HeadLength];
        BinaryPrimitives.WriteInt32BigEndian(head, tenant.Id);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(4), expiresAt.ToUnixTimeSeconds());
        head[12] = isForOnce ? (byte)1 : (byte)0;
        RandomNumberGenerator.Fill(head.AsSpan(13));
        return new LinkTicket(Base64Url.EncodeToString([.. await SignAsync(head, path, ct), .. head]), expiresAt);
    }

    /// <param name="text">The ticket.</param>
    /// <param name="path">What it is to open.</param>
    /// <param name="isSpent">Whether one that is for once is used up by this; else somebody only asks whether it would open.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The tenant whose address it opens; null if it opens nothing.</returns>
    internal async Task<int?> RedeemAsync(string text, PathString path, bool isSpent, CancellationToken ct)
    {
        if (text.Length > 100 || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length != SignatureLength + HeadLength || Base64Url.EncodeToString(bytes) != text) return null;

        var head = bytes.AsMemory(SignatureLength).ToArray();
        var signature = await SignAsync(head, path.Value ?? "", ct);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), signature)) return null;
        var (tenantId, expiresAt) = (BinaryPrimitives.ReadInt32BigEndian(head), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(4))));
        if (expiresAt <= clock.GetUtcNow()) return null;
        if (await databases.FindAsync(tenantId, ct) is not { } database) return null;
        if (head[12] == 0) return tenantId;
        var opens = isSpent ? await UseAsync(database.System, tenantId, head[13..], expiresAt, ct) : (await database.System.QueryAsync<int>(Used, new { TenantId = tenantId, Nonce = head[13..] }, ct)).Count == 0;
        return opens ? tenantId : null;
    }

    private async Task<bool> UseAsync(SystemDb db, int tenantId, byte[] nonce, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var row = new { TenantId = tenantId, Nonce = nonce, ExpiresAt = expiresAt, Now = clock.GetUtcNow() };
        await db.ExecuteAsync(Forget, row, ct);
        try
        {
            return await db.ExecuteAsync(Use, row, ct) == 1;
        }
        catch (System.Data.Common.DbException) when (!ct.IsCancellationRequested) // two brought it at the same moment
        {
            return false;
        }
    }

    private async Task<byte[]> SignAsync(byte[] head, string path, CancellationToken ct)
    {
        byte[] signed = [.. head, .. Encoding.UTF8.GetBytes(path)];
        return HMACSHA256.HashData(await secrets.GetAsync("link_tickets", ct), signed)[..SignatureLength];
    }

    private static readonly SystemSql Use = SystemSql.Of("""
        INSERT INTO UsedTickets (TenantId, Nonce, ExpiresAt)
        SELECT t.TenantId, @Nonce, @ExpiresAt
        FROM Tenants t
        WHERE t.TenantId = @TenantId
          AND NOT EXISTS (SELECT 1 FROM UsedTickets u WHERE u.TenantId = @TenantId AND u.Nonce = @Nonce)
        """);

    private static readonly SystemSql Used = SystemSql.Of("SELECT u.TenantId FROM UsedTickets u WHERE u.TenantId = @TenantId AND u.Nonce = @Nonce");

    private static readonly SystemSql Forget = SystemSql.Of("DELETE FROM UsedTickets WHERE TenantId = @TenantId AND ExpiresAt < @Now");
}

/// <summary>A ticket and how long it opens its address.</summary>
public sealed record LinkTicket(string Text, DateTimeOffset ExpiresAt);

public static class TicketRoutes
{
    /// <summary>May also be opened by <c>?ticket=</c>, made by <see cref="LinkTickets"/> for this address.</summary>
    public static TBuilder TakesTicket<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TicketMarker());
}

internal sealed record TicketMarker;
