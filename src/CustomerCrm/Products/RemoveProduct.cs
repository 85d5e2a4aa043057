using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products;

/// <summary>DELETE /products/{product_id}: for what should never have been in the catalogue. What is sold no more is inactive.</summary>
internal static class RemoveProduct
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "product_id")] Id<Product> productId, IfMatch ifMatch, EditConflicts conflicts, ProductReader reader, ProductWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(productId, ct);
        await conflicts.CheckAsync(ifMatch, productId, current.Revision, change: null, ct);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
