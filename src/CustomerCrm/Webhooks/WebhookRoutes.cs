using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Webhooks.Deliveries;
using CustomerCrm.Webhooks.Delivering;
using CustomerCrm.Webhooks.Replays;
using CustomerCrm.Webhooks.Types;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Webhooks;

public static class WebhookRoutes
{
    internal static readonly ListOf<WebhookEntry> List = ListOf<WebhookEntry>.From(WebhookEntry.All, "w.Id", webhook => webhook.Id.ToBytes())
        .SortedBy("created_at", "w.CreatedAt", webhook => webhook.CreatedAt, isDescending: true)
        .FilteredBy("status", "w.Status", FilterType.OneOf<WebhookStatus>(), Operators.Equal)
        .FilteredBy("kind", "w.Kind", FilterType.OneOf<WebhookUse>(), Operators.Equal);

    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddScoped<IWebhookWatch, WebhookNotices>().AddEventConsumer<WebhookConsumer>()
        .AddJob<PruneDeliveriesJob, PruneDeliveries>().AddJob<RunReplayJob, RunReplay>().AddJob<ForgetWebhookJob, ForgetWebhook>();

    /// <summary>Events sent to endpoints of yours as they happen (Standard Webhooks 1.0): signed, tried again for three days, and never silently dropped.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");

        webhooks.MapGet("/", ListWebhooks).Needs("webhooks:read").Lists(List).Describe("List webhooks",
            "All of them, disabled ones included, the latest first.");
        webhooks.MapPost("/", CreateWebhook.Handle).Needs("webhooks:write").MayAnswer(409, "too_many_webhooks").Describe("Create a webhook",
            $"`url` and `events` are enough; no handshake is asked for. The answer holds the `secret`, and no other ever does. Each event is one POST of `{{id, type, timestamp, sequence, payload, is_too_large, data}}` with `webhook-id` (the event's id), `webhook-timestamp` and `webhook-signature`, which any library of Standard Webhooks 1.0 verifies. Only 2xx is success, redirects are not followed, and an answer has 15 seconds; else it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each up to a quarter later, or when `Retry-After` says. After that the delivery is `exhausted` and the owners get a letter; after five days of nothing but failures the webhook is disabled. 410 disables it at once. Deliveries may repeat and come in any order: remember `id`, compare `sequence`. Only what happens from now on is sent. At most {CreateWebhook.MostEndpoints} endpoints and {CreateWebhook.MostSubscriptions} subscriptions.");
        webhooks.MapGet("/event_types", ListEventTypes.Handle).Needs("webhooks:read").Describe("List event types",
            "Everything that a webhook can hear, with a sentence about each.");
        webhooks.MapGet("/samples/{event_type}", ShowSamples.Handle).Needs("webhooks:read").Describe("Show samples of an event",
            "What a delivery of this event looks like: the latest three in full, newest first, or one that is made up with exactly the same names. For editors that show an event's fields before there is a subscription. 404 for an event that there is not.");
        webhooks.MapGet("/{webhook_id}", ShowWebhook).Needs("webhooks:read").Describe("Show a webhook",
            "What it hears and where it is sent. Its secret is not shown, and of the URL what is no secret.");
        webhooks.MapPatch("/{webhook_id}", ChangeWebhook.Handle).Needs("webhooks:write").Describe("Change a webhook",
            "Absent members stay as they are. While `status` is `disabled`, what would have been sent is `held`; enabling it sends what happens from then on, and a replay with `statuses` sends what was held.");
        webhooks.MapDelete("/{webhook_id}", RemoveWebhook.Handle).Needs("webhooks:write").Describe("Delete a webhook",
            "For good, with its deliveries: how platforms like Zapier turn a subscription off.");
        webhooks.MapPost("/{webhook_id}/secret_rotations", RotateSecret.Handle).Needs("webhooks:write").Describe("Rotate a webhook's secret",
            "Answers with a new secret, which is not shown again. For `overlap_hours` deliveries carry two signatures, one of each secret, so that receivers can change over at their leisure.");
        webhooks.MapPost("/{webhook_id}/test", TestWebhook.Handle).Needs("webhooks:write").MayAnswer(409, "webhook_disabled").Describe("Send a test event",
            "An event with made-up data, delivered, signed and tried again like a real one, whether or not the webhook hears its type. Look at the delivery to see what came of it.");

        webhooks.MapGet("/{webhook_id}/deliveries", ListDeliveries).Needs("webhooks:read").Lists(DeliveryEntry.List).Describe("List a webhook's deliveries",
            "Newest first. Those that succeeded are kept for 7 days, all others for 30.");
        webhooks.MapGet("/{webhook_id}/deliveries/{delivery_id}", ShowDelivery.Handle).Needs("webhooks:read").Describe("Show a delivery",
            "With every attempt: when, how long it took, the status or why there was none, and the first bytes of the answer. Each is written down before the endpoint is called; one whose outcome is `unknown` goes on, or the program ended in the middle of it, and then it is made again.");
        webhooks.MapPost("/{webhook_id}/deliveries/{delivery_id}/resend", ResendDelivery.Handle).Needs("webhooks:write").MayAnswer(409, "webhook_disabled").Describe("Resend a delivery",
            "Sends it once more, at once and from the beginning of the schedule, whatever became of it before. The `webhook-id` is the same.");
        webhooks.MapPost("/{webhook_id}/replays", StartReplay.Handle).Needs("webhooks:write").MayAnswer(409, "webhook_disabled").Describe("Replay events",
            "Sends events of the last 30 days once more: a stretch of time, named events, or those whose deliveries were `held` or `exhausted`. A job goes through the feed; look at the replay for how far it is. Events that came quietly are not sent.");
        webhooks.MapGet("/{webhook_id}/replays/{replay_id}", ShowReplay).Needs("webhooks:read").Describe("Show a replay",
            "How far it has come, and how many deliveries it has asked for.");
    }

    internal static Task<Page<WebhookEntry>> ListWebhooks(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    internal static Task<WebhookEntry> ShowWebhook([FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, TenantDb db, CancellationToken ct) => WebhookEntry.FindAsync(webhookId, db, ct);

    internal static async Task<Page<DeliveryEntry>> ListDeliveries([FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await WebhookEntry.FindAsync(webhookId, db, ct);
        return await DeliveryEntry.List.ReadAsync(query, db, new { WebhookId = webhookId }, ct);
    }

    internal static Task<Replay> ShowReplay([FromRoute(Name = "webhook_id")] Id<Webhook> webhookId, [FromRoute(Name = "replay_id")] Id<Replay> replayId, TenantDb db, CancellationToken ct) =>
        Replay.FindAsync(webhookId, replayId, db, ct);
}
