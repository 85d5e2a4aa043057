using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products;

/// <summary>PUT /products/by-external-id/{source}/{external_id}: a shop states its product, new or known, as often as it likes and in any order.</summary>
public static class UpsertProduct
{
    public sealed record Request : ProductProfile
    {
        /// <summary>Where the external id is new but the SKU is one product's: true gives that product the id, false answers 409.</summary>
        public bool LinksExisting { get; init; }
    }

    internal static async Task<IResult> Handle(
        string source, [FromRoute(Name = "external_id")] string externalId, Request request, IfMatch ifMatch, EditConflicts conflicts, ProductReader reader, ProductWriter writer, CancellationToken ct)
    {
        var external = ProductParts.External(source, externalId) ?? throw ApiProblem.BadRequest("external_id_invalid", "The path does not hold a source and an external id.");
        var (isNew, product) = await StateAsync(external, request, request.LinksExisting, ifMatch, conflicts, reader, writer, ct);
        return isNew ? TypedResults.Created($"/v1/products/{product.Id}", product) : TypedResults.Ok(product);
    }

    /// <exception cref="ApiProblem">409: what is stated is not all one product's. 422: it cannot be read, or a new product has no name.</exception>
    internal static async Task<(bool IsNew, Product Product)> StateAsync(
        ProductExternalId external, ProductProfile profile, bool linksExisting, IfMatch? ifMatch, EditConflicts conflicts, ProductReader reader, ProductWriter writer, CancellationToken ct)
    {
        var stated = ProductParts.Read(profile);
        var known = await reader.FindIdAsync(external, ct);
        if (known is null && linksExisting && stated.Sku is { } sku) known = await reader.FindBySkuAsync(sku, ct);
        if (known is { } productId)
        {
            var current = await reader.FindAsync(productId, ct);
            if (ifMatch is not null) await conflicts.CheckAsync(ifMatch, productId, current.Revision, profile, ct);
            var isStale = profile.SourceUpdatedAt < current.SourceUpdatedAt;
            return (false, isStale ? current : await writer.ChangeAsync(current, profile, stated.With(external, current.ExternalIds), ct));
        }
        ifMatch?.CheckAbsent();
        return (true, await writer.AddAsync(profile, stated.With(external, []), ct));
    }
}
