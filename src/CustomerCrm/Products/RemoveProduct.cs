using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products;

/// <summary>DELETE /products/{product_id}: for what should never have been in the catalogue. What is sold no more is inactive.</summary>
internal static class RemoveProduct
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "product_id")] Id<Product> productId, IfMatch ifMatch, ProductReader reader, ProductWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(productId, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
