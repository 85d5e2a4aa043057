using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Storefronts;

/// <summary>A shop that tells of its customers and orders by signed webhooks.</summary>
public record Storefront : IHasId, IVersioned
{
    public static string Prefix => "sto";

    public required Id<Storefront> Id { get; init; }

    /// <example>Shop in Vienna</example>
    public required string Name { get; init; }

    public required StorefrontKind Kind { get; init; }

    /// <summary>What the external ids of its customers, orders and products are said to come from.</summary>
    /// <example>shop</example>
    public required string Source { get; init; }

    /// <summary>The shop's own address; where it is said, what another shop sends is refused.</summary>
    public string? Domain { get; init; }

    public required StorefrontStatus Status { get; init; }

    /// <summary>The end of the token in its address, to recognise it by.</summary>
    public required string TokenHint { get; init; }

    /// <summary>When something came in last.</summary>
    public DateTimeOffset? LastReceivedAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal byte[] SecretBox { get; init; } = [];

    internal static string PlaceOf(int tenantId, Id<Storefront> storefrontId) => $"storefronts/{tenantId}/{storefrontId}";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Storefront> FindAsync(Id<Storefront> storefrontId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Storefront>(ById, new { StorefrontId = storefrontId }, ct) ?? throw ApiProblem.NotFound("storefront");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT s.Id, s.Name, s.Kind, s.Source, s.Domain, s.Status, s.TokenHint, s.SecretBox, s.Revision, s.CreatedAt, s.UpdatedAt,
            (SELECT MAX(d.ReceivedAt) FROM HookDeliveries d WHERE d.TenantId = s.TenantId AND d.ReceiverId = s.Id) AS LastReceivedAt
        FROM Storefronts s
        WHERE s.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND s.Id = @StorefrontId");

    internal static readonly ListOf<Storefront> List = ListOf<Storefront>.From(Matching, "s.Id", storefront => storefront.Id.ToBytes())
        .SortedBy("created_at", "s.CreatedAt", storefront => storefront.CreatedAt, isDescending: true)
        .FilteredBy("kind", "s.Kind", FilterType.OneOf<StorefrontKind>(), Operators.Equal);
}

/// <summary>What the shop runs on. The numbers are stored.</summary>
public enum StorefrontKind
{
    Shopify = 1,
    Woocommerce = 2,
}

/// <summary>The numbers are stored.</summary>
public enum StorefrontStatus
{
    Active = 1,

    /// <summary>Its address answers 404, so the shop sends again for a while.</summary>
    Paused = 2,

    /// <summary>The shop has asked that its data be forgotten; a task says what is to be decided.</summary>
    Disconnected = 3,
}
