using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Timeline;

public static class TimelineRoutes
{
    /// <summary>Everything about one customer in one ordered list.</summary>
    public static void MapTimeline(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{customer_id}/timeline", ShowTimeline.Handle).WithTags("Timeline").Needs("timeline:read").Lists(ShowTimeline.List).Describe("Show a customer's timeline",
            "Everything about one customer in one list, the latest first: what was said and where, what was ordered and paid back, what was noted down, what was sent or refused, what was asked for in tickets, what was done on pages, what was said of being written to, when the customer and its identities came. `filter[kind][in]=interaction` narrows it.");
}
