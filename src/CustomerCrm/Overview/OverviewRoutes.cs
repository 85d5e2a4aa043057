using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Overview;

internal static class OverviewRoutes
{
    /// <summary>One customer on one page.</summary>
    public static void MapOverview(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{customer_id}/360", ShowOverview.Handle).WithTags("Overview").Needs("customers:read").Describe("Show a customer's 360 view",
            "All that an agent needs at one glance, as of one moment: the profile, up to 20 identities, figures of orders and of what is expected, the latest 10 things that happened, the latest 5 orders, interactions, messages and open tickets with what is promised of them, the 3 conversations that something came to last, up to 50 segments, the companies the customer belongs to, what they said of being written to, and the notes that matter: pinned ones first. What is cut off has a list of its own.");
}
