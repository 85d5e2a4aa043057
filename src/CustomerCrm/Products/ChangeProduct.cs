using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products;

/// <summary>PATCH /products/{product_id}: what is said changes, the rest stays.</summary>
public static class ChangeProduct
{
    public sealed record Request : ProductProfile;

    internal static async Task<Product> Handle(
        [FromRoute(Name = "product_id")] Id<Product> productId, Request request, IfMatch ifMatch, EditConflicts conflicts, ProductReader reader, ProductWriter writer, CancellationToken ct)
    {
        var current = await reader.FindAsync(productId, ct);
        await conflicts.CheckAsync(ifMatch, productId, current.Revision, request, ct);
        return await writer.ChangeAsync(current, request, ProductParts.Read(request), ct);
    }
}
