using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Products;

/// <summary>POST /products: a new product, unless its SKU or an external id is another one's already: then 409 says whose.</summary>
public static class AddProduct
{
    public sealed record Request : ProductProfile;

    internal static async Task<Created<Product>> Handle(Request request, ProductWriter writer, CancellationToken ct)
    {
        var product = await writer.AddAsync(request, ProductParts.Read(request), ct);
        return TypedResults.Created($"/v1/products/{product.Id}", product);
    }
}
