using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using CustomerCrm.Products.Sales;

namespace CustomerCrm.Products;

internal static class ProductRoutes
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services
        .AddScoped<ProductReader>().AddScoped<ProductSearch>().AddScoped<ProductKeys>().AddScoped<ProductWriter>().AddScoped<ProductFinder>().AddScoped<ProductSales>().AddScoped<BinnedSales>().AddScoped<ILeaving, BinnedSales>()
        .AddSingleton(ProductFields.Owner).AddSingleton(ProductRecord.RecordKind).AddScoped<IRestored, ProductRecord>()
        .AddJob<CountProductJob, CountProduct>().AddJob<CountProductsJob, CountProducts>();

    /// <summary>What the tenant sells: the catalogue, tied to the lines of orders, and what was sold of it.</summary>
    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Products");

        products.MapGet("/", ListProducts.Handle).Needs("products:read").Lists(ListProducts.List).Describe("List or search products",
            "Pages of products, newest first unless `sort` says otherwise; `sort=-revenue` for the bestsellers. `q` (2 to 100 characters) searches: every word must begin a word of the name, or the whole text begins the SKU.");
        products.MapPost("/", AddProduct.Handle).Needs("products:write").Describe("Create a product",
            "SKU and external ids are each of one product only: if one is another's already, nothing is created and 409 `product_exists` says whose in `product_id`. Lines of past orders with this SKU, or with its external id in their order's source, are tied to it by a job.");
        products.MapPost("/batch", UpsertProducts.Handle).Needs("products:write").Describe("State many products",
            $"Up to {Batch.MostItems} products, each as `PUT /products/by-external-id` takes it. 207 with a result per item, in their order; an item that is refused changes nothing for the others.");
        products.MapGet("/by-external-id/{source}/{external_id}", ShowProduct.ByExternalId).Needs("products:read").Describe("Show a product by external id",
            "The product that has this id in this source; upper and lower case of the id differ. 404 when none has.");
        products.MapPut("/by-external-id/{source}/{external_id}", UpsertProduct.Handle).Needs("products:write").Produces<Product>().Produces<Product>(201).Describe("Create or change a product by external id",
            "For shops: 201 when the id was new, 200 when the product was known. Members that are absent stay as they are, null clears them; if `source_updated_at` is older than what is known, nothing changes. An SKU of another product answers 409 `product_exists`, unless the external id is new and `links_existing` is true: then that product gets the id.");
        products.MapGet("/{product_id}", ShowProduct.Handle).Needs("products:read").Describe("Show a product",
            "With how many pieces were sold, what they brought in and to how many customers, of counted orders. The `ETag` also changes with these figures.");
        products.MapPatch("/{product_id}", ChangeProduct.Handle).Needs("products:write").Describe("Change a product",
            "A merge patch (RFC 7396), in `custom_fields` too: absent members stay, null clears. `categories` and `external_ids` are replaced as a whole. A product that is sold no more is best made inactive.");
        products.MapDelete("/{product_id}", RemoveProduct.Handle).Needs("products:write").Describe("Delete a product",
            "For what should never have been in the catalogue: into the recycle bin. Orders keep their lines; a job takes the product's id out of them, and ties them again when it is restored.");
        products.MapGet("/{product_id}/customers", ListBuyers.Handle).Needs("products:read").Lists(ListBuyers.List).Describe("List who bought a product",
            "The customers with a counted order of it, who bought last first, each with pieces, orders and revenue.");

        api.MapGet("/customers/{customer_id}/products", ListBought.Handle).WithTags("Products").Needs("products:read").Lists(ListBought.List).Describe("List what a customer bought",
            "The products of the catalogue in the customer's counted orders, bought last first, each with pieces, orders and revenue.");
    }
}
