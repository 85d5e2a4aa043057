using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.Events;

public static class EventRoutes
{
    /// <summary>Every change to the data set, in order, for 30 days: what integrations follow instead of asking again and again.</summary>
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");

        events.MapGet("/", ReadEvents.Handle).Needs("events:read").MayAnswer(410, "cursor_expired").Describe("Read the event feed",
            "Every change, in order. Begin without `after`, then send the `next_cursor` of each page as `after` of the next, at once while `has_more` and later "
            + "otherwise: it is always there, also on an empty page, and whoever follows it misses nothing. Events are kept for 30 days; "
            + "410 `cursor_expired` says that some behind the cursor are gone, and that a fresh start is needed.");
        events.MapGet("/{event_id}", ShowEvent.Handle).Needs("events:read").Describe("Show an event",
            "One event as it was recorded. Events are kept for 30 days; an older one answers 404 like one that never was.");
    }
}
