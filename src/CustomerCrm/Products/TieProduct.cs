using CustomerCrm.Platform.Data;

namespace CustomerCrm.Products;

/// <summary>
/// A product has come, is called otherwise, or is gone: the lines of past orders are tied to it, or untied. Lines are the orders' business, who
/// know of products, and products not of them.
/// </summary>
public sealed record TieProduct(Id<Product> ProductId);
