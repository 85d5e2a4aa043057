using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.History;

public static class HistoryRoutes
{
    /// <summary>Who changed what, when, from what and to what.</summary>
    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{customer_id}/history", ListHistory.Handle).WithTags("History").Needs("history:read").Lists(ListHistory.List).Describe("List a customer's history",
            "Every field of the customer, its identities, orders and interactions that was changed, the latest change first: what it was, what it became, and which key, person, job or import did it. "
            + "`filter[field][eq]=city` follows one field. What a resource was when it was made is the `from` of its first change.");
        api.MapGet("/companies/{company_id}/history", ListHistory.OfCompany).WithName("ListCompanyHistory").WithTags("History").Needs("history:read").Lists(ListHistory.OfOne).Describe("List a company's history",
            "Every field of the company that was changed, the tenant's own included, the latest change first: what it was, what it became, and who did it. Figures that move are no change.");
        api.MapGet("/products/{product_id}/history", ListHistory.OfProduct).WithName("ListProductHistory").WithTags("History").Needs("history:read").Lists(ListHistory.OfOne).Describe("List a product's history",
            "Every field of the product that was changed, the tenant's own included, the latest change first: what it was, what it became, and who did it. Figures that move are no change.");
    }
}
