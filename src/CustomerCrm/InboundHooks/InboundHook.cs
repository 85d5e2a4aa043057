using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.InboundHooks;

/// <summary>An address to which another system posts JSON of its own form, and what becomes of it.</summary>
public record InboundHook : IHasId, IVersioned
{
    public static string Prefix => "hok";

    public required Id<InboundHook> Id { get; init; }

    /// <example>Till in the shop</example>
    public required string Name { get; init; }

    /// <summary>Whether it takes anything; while it does not, its address answers like one that is not there.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Whether what comes in is history being loaded: recorded, but it starts nothing.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>The end of the token in its address, to recognise it by.</summary>
    public required string TokenHint { get; init; }

    /// <summary>How a sender proves who it is; null where knowing the address is enough.</summary>
    public HookSignature? Signature => SignatureText is null ? null : JsonSerializer.Deserialize<HookSignature>(SignatureText, StrictJson.Options);

    /// <summary>What is written for a delivery.</summary>
    public HookMapping Mapping => HookMapping.Read(MappingText);

    /// <summary>Goes up with every change of the mapping.</summary>
    public required int MappingVersion { get; init; }

    /// <summary>When something came in last.</summary>
    public DateTimeOffset? LastReceivedAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string? SignatureText { get; init; }
    internal string MappingText { get; init; } = "";
    internal byte[]? SecretBox { get; init; }

    internal static string PlaceOf(int tenantId, Id<InboundHook> hookId) => $"inbound_hooks/{tenantId}/{hookId}";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<InboundHook> FindAsync(Id<InboundHook> hookId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<InboundHook>(ById, new { HookId = hookId }, ct) ?? throw ApiProblem.NotFound("inbound hook");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT h.Id, h.Name, h.IsEnabled, h.IsQuiet, h.TokenHint, h.SignatureText, h.SecretBox, h.MappingVersion, h.Revision, h.CreatedAt, h.UpdatedAt, m.MappingText,
            (SELECT MAX(d.ReceivedAt) FROM HookDeliveries d WHERE d.TenantId = h.TenantId AND d.ReceiverId = h.Id) AS LastReceivedAt
        FROM InboundHooks h
        JOIN InboundHookMappings m ON m.TenantId = h.TenantId AND m.HookId = h.Id AND m.Version = h.MappingVersion
        WHERE h.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND h.Id = @HookId");

    internal static readonly ListOf<InboundHook> List = ListOf<InboundHook>.From(Matching, "h.Id", hook => hook.Id.ToBytes())
        .SortedBy("created_at", "h.CreatedAt", hook => hook.CreatedAt, isDescending: true);
}

/// <summary>An HMAC-SHA256 of the raw body under a shared secret, in a header.</summary>
/// <example>{"header":"x-signature","encoding":"hex","prefix":"sha256="}</example>
public sealed record HookSignature
{
    [StringLength(100, MinimumLength = 1)] public required string Header { get; init; }

    public SignatureEncoding Encoding { get; init; }

    /// <summary>What stands before it in the header.</summary>
    [StringLength(20)] public string Prefix { get; init; } = "";
}

/// <summary>How the bytes of a signature are written.</summary>
public enum SignatureEncoding
{
    Hex,
    Base64,
}
