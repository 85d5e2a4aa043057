using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Products;

/// <summary>POST /products/batch: each item as PUT /products/by-external-id would take it, with an answer of its own.</summary>
public static class UpsertProducts
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    public sealed record Item : ProductProfile
    {
        /// <summary>The shop it comes from.</summary>
        [StringLength(100)] public required string Source { get; init; }

        /// <summary>Its id there.</summary>
        [StringLength(200)] public required string ExternalId { get; init; }

        /// <summary>Where the external id is new but the SKU is one product's: true gives that product the id, false answers 409.</summary>
        public bool LinksExisting { get; init; }
    }

    internal static Task<JsonHttpResult<BatchAnswer<Product>>> Handle(Request request, EditConflicts conflicts, ProductReader reader, ProductWriter writer, CancellationToken ct) =>
        Batch.RunAsync(request.Items, async item =>
        {
            var external = ProductParts.External(item.Source, item.ExternalId) ?? throw ApiProblem.Invalid("/external_id", "external_id_invalid", "Not a source and an external id as they must be.");
            var (isNew, product) = await UpsertProduct.StateAsync(external, item, item.LinksExisting, ifMatch: null, conflicts, reader, writer, ct);
            return (isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, product);
        });
}
