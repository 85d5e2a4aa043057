using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Products;

internal static class ShowProduct
{
    internal static Task<Product> Handle([FromRoute(Name = "product_id")] Id<Product> productId, ProductReader reader, CancellationToken ct) => reader.FindAsync(productId, ct);

    /// <summary>GET /products/by-external-id/{source}/{external_id}</summary>
    internal static async Task<Product> ByExternalId(string source, [FromRoute(Name = "external_id")] string externalId, ProductReader reader, CancellationToken ct)
    {
        if (ProductParts.External(source, externalId) is not { } external || await reader.FindIdAsync(external, ct) is not { } productId) throw ApiProblem.NotFound("product");
        return await reader.FindAsync(productId, ct);
    }
}
