using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.Extensions.Options;

namespace CustomerCrm.ContactPolicy;

/// <summary>Reads and writes the one policy of a data set.</summary>
internal sealed class PolicyStore(TenantDb db, IOptions<MessageOptions> options, TimeProvider clock)
{
    public async Task<Policy> ReadAsync(CancellationToken ct)
    {
        var row = await db.FindAsync<Row>(Current, null, ct);
        var settings = row is null ? new PolicySettings() : JsonSerializer.Deserialize<PolicySettings>(row.SettingsText, StrictJson.Options)!;
        return new Policy(settings, options.Value.Ceilings, row?.Revision ?? 1, row?.UpdatedAt);
    }

    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    public async Task<Policy> WriteAsync(Policy current, PolicySettings wanted, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(wanted, StrictJson.Options);
        if (text == JsonSerializer.Serialize<PolicySettings>(current, StrictJson.Options)) return current;
        var changed = new Policy(wanted, current.Ceilings, current.Revision + 1, clock.GetUtcNow());
        var row = new { SettingsText = text, changed.Revision, changed.UpdatedAt };
        try
        {
            if (await db.ExecuteAsync(current.UpdatedAt is null ? Insert : Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed(); // somebody was faster with the first change
        }
        return changed;
    }

    private sealed record Row
    {
        public required string SettingsText { get; init; }
        public required int Revision { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    private static readonly TenantSql Current = TenantSql.Of("SELECT p.SettingsText, p.Revision, p.UpdatedAt FROM ContactPolicies p WHERE p.TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ContactPolicies (TenantId, SettingsText, Revision, UpdatedAt)
        VALUES (@TenantId, @SettingsText, @Revision, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ContactPolicies
        SET SettingsText = @SettingsText, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);
}
