using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Storefronts;

/// <summary>POST /storefronts: connects a shop.</summary>
public static class CreateStorefront
{
    internal const int MostStorefronts = 50;

    public sealed record Request
    {
        /// <example>Shop in Vienna</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        [Required] public StorefrontKind? Kind { get; init; }

        /// <summary>What the shop signs its webhooks with. Never shown again.</summary>
        [StringLength(200, MinimumLength = 8)] public required string Secret { get; init; }

        /// <summary>What external ids are said to come from; <c>shopify</c> or <c>woocommerce</c>, if nothing is said. Each storefront has one of its own.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        /// <summary>Only what this shop sends is taken, by the address that it says itself.</summary>
        /// <example>acme.myshopify.com</example>
        [StringLength(253, MinimumLength = 3)] public string? Domain { get; init; }
    }

    /// <summary>A storefront with its address, which only this answer holds.</summary>
    public sealed record Response : Storefront, IHoldsSecret
    {
        public Response() { }

        [SetsRequiredMembers]
        internal Response(Storefront storefront) : base(storefront) { }

        /// <summary>Where the shop's webhooks are to be sent, of every topic. Null in the replay of a repeated request: it is not kept.</summary>
        /// <example>https://crm.example.com/v1/hooks/shopify/4Yv0yqbmR2aSGjPz1vUuQbVUHZoaZlXz8eQqYJtQm3w</example>
        public string? Url { get; init; }

        public object WithoutSecret() => this with { Url = null };
    }

    internal static async Task<Created<Response>> Handle(
        Request request, TenantDb db, CurrentTenant tenant, SecretBox box, EntryTokenWriter tokens, IOptions<PublicOptions> options, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var kind = request.Kind!.Value;
        var source = Identifier.SourceOf(request.Source ?? NameOf(kind)) ?? throw ApiProblem.Invalid("/source", "source_invalid", "A source has 1 to 100 letters, digits, _ . or -.");
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostStorefronts) throw ApiProblem.Conflict("too_many_storefronts", $"There are at most {MostStorefronts} storefronts. Delete one first.");

        var (id, now) = (Id<Storefront>.New(), clock.GetUtcNow());
        var token = await tokens.AddAsync(EntryKind.Storefront, id.Value, ct);
        try
        {
            await db.ExecuteAsync(Insert, new
            {
                Id = id, request.Name, Kind = (int)kind, Source = source, Domain = request.Domain?.ToLowerInvariant(), TokenHint = EntryTokenWriter.HintOf(token),
                SecretBox = box.Seal(request.Secret, Storefront.PlaceOf(tenant.Id, id)), Now = now,
            }, ct);
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("storefront_exists", "Another storefront has this source: two shops would call different things the same.");
        }
        var storefront = await Storefront.FindAsync(id, db, ct);
        events.Record("storefront.created", storefront);
        return TypedResults.Created($"/v1/storefronts/{id}", new Response(storefront) { Url = UrlOf(kind, token, options.Value) });
    }

    internal static string NameOf(StorefrontKind kind) => kind == StorefrontKind.Shopify ? "shopify" : "woocommerce";

    internal static string UrlOf(StorefrontKind kind, string token, PublicOptions options) => $"{options.BaseUrl.TrimEnd('/')}/v1/hooks/{NameOf(kind)}/{token}";

    private static readonly TenantSql CountAll = TenantSql.CountHeld("Storefronts");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Storefronts (TenantId, Id, Name, Kind, Source, Domain, Status, TokenHint, SecretBox, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @Kind, @Source, @Domain, 1, @TokenHint, @SecretBox, 1, @Now, @Now)
        """);
}
