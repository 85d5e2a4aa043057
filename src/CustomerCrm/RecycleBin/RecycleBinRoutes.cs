using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.RecycleBin;

public static class RecycleBinRoutes
{
    public static IServiceCollection AddRecycleBin(this IServiceCollection services) => services.AddJob<PurgeBinJob, PurgeBin>();

    /// <summary>What was deleted in the last 90 days: to be restored whole, or purged.</summary>
    public static void MapRecycleBin(this IEndpointRouteBuilder api)
    {
        var bin = api.MapGroup("/recycle_bin").WithTags("RecycleBin");

        bin.MapGet("/", ListBin.Handle).Needs("recycle_bin:read").Lists(ListBin.List).Describe("List the bin",
            "Customers, companies, products, orders, interactions, tickets and conversations that were deleted and are not purged yet, the latest first, with who deleted them and what went with them.");
        bin.MapGet("/{bin_id}", ShowBinItem.Handle).Needs("recycle_bin:read").Describe("Show what is in the bin",
            "One deleted record, by the id it has in the bin. The record's own routes answer 404, as if it had never been.");
        bin.MapPost("/{bin_id}/restore", RestoreBinItem.Handle).Needs("recycle_bin:write").Describe("Restore from the bin",
            "Everything that went with it comes back with the ids it had. What could not is named in `left_out`: where its other side is in the bin too, as a company is of which the customer is one, it comes back with that. 409 `taken_meanwhile` lists in `taken` what is unique and somebody else's by now, such as an e-mail address: free it, or send `without_taken: true` "
            + "to restore without it. 409 `customer_missing` where it belongs to a customer who is gone: restore that one first.");
        bin.MapDelete("/{bin_id}", PurgeBinItem.Handle).Needs("recycle_bin:write").Describe("Purge from the bin",
            "At once and for good, with its history; seconds later the feed of events, firings of rules and answers kept for repeats have nothing of it but ids. Of a customer, whatever else of that customer is in the bin is purged with it. It happens by itself after 90 days.");
    }
}
