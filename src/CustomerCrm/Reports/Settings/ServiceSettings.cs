using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Reports.Settings;

/// <summary>What reports of service have to be told.</summary>
public sealed record ServiceSettings : IVersioned
{
    /// <summary>What an hour of an agent costs, in minor units of the tenant's currency: 3000 for 30 euros. Null: nobody has said so, and costs are not counted.</summary>
    /// <example>3000</example>
    public long? CostPerHourMinor { get; init; }

    /// <summary>0 until somebody has said something.</summary>
    public required int Revision { get; init; }

    internal static async Task<ServiceSettings> ReadAsync(TenantDb db, CancellationToken ct) => await db.FindAsync<ServiceSettings>(Read, null, ct) ?? new ServiceSettings { Revision = 0 };

    private static readonly TenantSql Read = TenantSql.Of("SELECT s.CostPerHourMinor, s.Revision FROM ServiceSettings s WHERE s.TenantId = @TenantId");
}

/// <summary>GET and PATCH /reports/service/settings</summary>
public static class ChangeServiceSettings
{
    public sealed record Request
    {
        /// <summary>In minor units of the tenant's currency; null: costs are not counted.</summary>
        /// <example>3000</example>
        [Range(0, 1_000_000_000)] public Change<long?> CostPerHourMinor { get; init; }
    }

    internal static Task<ServiceSettings> Show(TenantDb db, CancellationToken ct) => ServiceSettings.ReadAsync(db, ct);

    internal static async Task<ServiceSettings> Handle(Request request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await ServiceSettings.ReadAsync(db, ct);
        ifMatch.Check(current.Revision);
        var wanted = current with { CostPerHourMinor = request.CostPerHourMinor.Or(current.CostPerHourMinor) };
        if (wanted == current) return current;
        var changed = wanted with { Revision = current.Revision + 1 };
        var row = new { changed.CostPerHourMinor, changed.Revision, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, row, ct) == 0)
        {
            if (current.Revision > 0) throw ApiProblem.PreconditionFailed();
            await db.ExecuteAsync(Insert, row, ct);
        }
        events.Record("service_settings.updated", changed);
        return changed;
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE ServiceSettings
        SET CostPerHourMinor = @CostPerHourMinor, Revision = @Revision, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ServiceSettings (TenantId, CostPerHourMinor, Revision, UpdatedAt)
        VALUES (@TenantId, @CostPerHourMinor, @Revision, @Now)
        """);
}
