using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;
using CustomerCrm.Track.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Track;

public static class TrackRoutes
{
    public static IServiceCollection AddTrack(this IServiceCollection services) => services
        .AddScoped<TrackWriter>().AddScoped<VisitorBook>().AddScoped<NameBook>().AddSingleton<KnownNames>().AddScoped<IRestored, RestoredVisitors>()
        .AddJob<AttachPastJob, AttachPast>().AddJob<ForgetVisitorsJob, ForgetVisitors>();

    /// <summary>What customers do on pages and in apps, and visitors before it is known who they are.</summary>
    public static void MapTrack(this IEndpointRouteBuilder api)
    {
        var track = api.MapGroup("/track").WithTags("Track");

        track.MapGet("/", ListTrackedEvents.Handle).Needs("track:read").Lists(ListTrackedEvents.List).Describe("List what was tracked",
            "Of customers and of visitors, the latest first: to see that a page tells what it should.");
        track.MapPost("/", TrackEvent.Handle).Needs("track:write", alsoFromBrowsers: true).Produces<TrackEvent.Receipt>().Produces<TrackEvent.Receipt>(201).Describe("Track an event",
            "Of a customer by id or by identities (then they are found, or created where nobody has them), or of a visitor by `anonymous_id`. Both together say that the visitor is that customer: their past comes along, as with identify. With a `unique_id` it is recorded once: a repeat answers 200. It may have happened long ago. A publishable key may track visitors, and nothing of customers (403 `customer_not_allowed`).");
        track.MapPost("/batch", TrackManyEvents.Handle).Needs("track:write", alsoFromBrowsers: true).Describe("Track many events",
            $"Up to {Batch.MostItems} items, each as for one event. 207 with a result per item, in their order; an item that is refused changes nothing for the others.");
        track.MapPost("/identify", IdentifyVisitor.Handle).Needs("track:write").Describe("Say who a visitor is",
            $"From now on what is tracked under the `anonymous_id` is the customer's, and so is all that was nobody's before; beyond {VisitorBook.AtOnce} events the rest follows within seconds. What a visitor did is kept for {ForgetVisitorsJob.KeptFor.TotalDays:0} days while nobody says who they are. When another customer signs in at the same machine, say it again: what came before stays with the first. Needs a secret key.");
        track.MapGet("/names", ListTrackedNames.Handle).Needs("track:read").Lists(ListTrackedNames.List).Describe("List the names of events",
            "Every name that was tracked at least once, for rules and forms to offer.");
        track.MapGet("/{tracked_event_id}", ShowTrackedEvent).Needs("track:read").Describe("Show a tracked event",
            "With its properties, and whose it is if that is known.");

        api.MapGet("/customers/{customer_id}/tracked_events", ListCustomerTrackedEvents.Handle).WithTags("Track").Needs("track:read").Lists(ListCustomerTrackedEvents.List).Describe("List what a customer did",
            "What was tracked of one customer, the latest first, their time as a visitor included.");
    }

    internal static Task<TrackedEvent> ShowTrackedEvent([FromRoute(Name = "tracked_event_id")] Id<TrackedEvent> trackedEventId, TenantDb db, CancellationToken ct) =>
        TrackedEvent.FindAsync(trackedEventId, db, ct);
}
