using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Providers;

/// <summary>Writes accounts. Their events show what the API shows, so never a secret.</summary>
internal sealed class ProviderWriter(TenantDb db, ProviderSecrets secrets, EventLog events)
{
    /// <exception cref="ApiProblem">422: something is wrong with it. 409: the channel has an account.</exception>
    public async Task<Provider> AddAsync(Provider provider, string? secret, CancellationToken ct)
    {
        Check(provider);
        if (await db.FindAsync<Provider>(Provider.ByChannel, new { provider.Channel }, ct) is { } other) throw Exists(other);
        try
        {
            await db.ExecuteAsync(Insert, RowOf(provider, secret is null ? null : secrets.Seal(provider.Id, secret)), ct);
        }
        catch (DuplicateKeyException e) // somebody was faster
        {
            throw ApiProblem.Conflict("provider_exists", "The channel has an account already.", e);
        }
        events.Record("provider.connected", provider);
        return provider;
    }

    /// <param name="current">As it is.</param>
    /// <param name="wanted">As it is to be.</param>
    /// <param name="secret">A new one; null keeps the one there is.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">422: something is wrong with it. 412: somebody else changed it.</exception>
    public async Task<Provider> ChangeAsync(Provider current, Provider wanted, string? secret, CancellationToken ct)
    {
        if (secret is null && wanted.Equals(current)) return current;
        var changed = wanted with { Revision = current.Revision + 1 };
        Check(changed);
        if (await db.ExecuteAsync(Update, RowOf(changed, secret is null ? null : secrets.Seal(changed.Id, secret)), ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("provider.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(Provider current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("provider.removed", current);
    }

    private static void Check(Provider provider)
    {
        if (ProviderRules.WrongWith(provider) is { Count: > 0 } wrong) throw ApiProblem.Invalid(wrong);
    }

    private static ApiProblem Exists(Provider other) =>
        ApiProblem.Conflict("provider_exists", "The channel has an account already.", new Dictionary<string, object?> { ["provider_id"] = other.Id.ToString() });

    private static object RowOf(Provider p, byte[]? secret) => new
    {
        p.Id,
        p.Channel,
        p.Kind,
        p.From,
        p.FromName,
        p.Host,
        p.Port,
        Security = (int?)p.Security,
        p.UserName,
        p.AccountSid,
        p.MessagingServiceSid,
        p.EventWebhookPublicKey,
        p.AnswersKeywords,
        TestRecipients = JsonSerializer.Serialize(p.TestRecipients),
        Secret = secret,
        p.Revision,
        p.CreatedAt,
        p.UpdatedAt,
    };

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Providers (TenantId, Id, Channel, Kind, FromAddress, FromName, Host, Port, Security, UserName, AccountSid, MessagingServiceSid,
            PublicKey, AnswersKeywords, TestRecipients, Secret, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Channel, @Kind, @From, @FromName, @Host, @Port, @Security, @UserName, @AccountSid, @MessagingServiceSid,
            @EventWebhookPublicKey, @AnswersKeywords, @TestRecipients, @Secret, 1, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Providers
        SET FromAddress = @From, FromName = @FromName, Host = @Host, Port = @Port, Security = @Security, UserName = @UserName, AccountSid = @AccountSid,
            MessagingServiceSid = @MessagingServiceSid, PublicKey = @EventWebhookPublicKey, AnswersKeywords = @AnswersKeywords,
            TestRecipients = @TestRecipients, Secret = COALESCE(@Secret, Secret), Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Providers
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
