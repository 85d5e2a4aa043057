using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Providers;

/// <summary>Seals what opens an account, for its tenant, its row and its field: copied into any other place it cannot be opened.</summary>
internal sealed class ProviderSecrets(SecretBox box, CurrentTenant tenant, TenantDb db)
{
    public byte[] Seal(Id<Provider> providerId, string secret) => box.Seal(secret, PlaceOf(providerId));

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed for another place, or by a key that is gone.</exception>
    public async Task<string?> OpenAsync(Id<Provider> providerId, CancellationToken ct) =>
        await db.FindAsync<byte[]>(ById, new { ProviderId = providerId }, ct) is { } sealedSecret ? box.Open(sealedSecret, PlaceOf(providerId)) : null;

    private string PlaceOf(Id<Provider> providerId) => $"tenant:{tenant.Id}:provider:{providerId}:secret";

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT p.Secret
        FROM Providers p
        WHERE p.TenantId = @TenantId
          AND p.Id = @ProviderId
          AND p.Secret IS NOT NULL
        """);
}
