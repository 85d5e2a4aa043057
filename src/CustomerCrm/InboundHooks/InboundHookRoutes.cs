using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.InboundHooks;

internal static class InboundHookRoutes
{
    public static IServiceCollection AddInboundHooks(this IServiceCollection services) => services
        .AddScoped<HookMappingWriter>().AddScoped<CustomerIntake>().AddScoped<HookWriter>().AddScoped<HookRun>()
        .AddScoped<DeliveryLog>().AddScoped<ReceiverDeliveries>().AddScoped<DeliverySettling>().AddScoped<ReplayDeliveries>().AddScoped<IHookReceiver, HookReceiver>()
        .AddJob<ApplyDeliveriesJob, ApplyDeliveries>().AddJob<PruneHookDeliveriesJob, PruneHookDeliveries>().AddEventConsumer<ForgetConsumer>();

    /// <summary>Addresses to which any system posts JSON of its own form; a mapping makes it customers, orders, interactions or events.</summary>
    public static void MapInboundHooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/inbound_hooks").WithTags("InboundHooks");

        hooks.MapGet("/", List).WithName("ListInboundHooks").Needs("inbound_hooks:read").Lists(InboundHook.List).Describe("List inbound hooks",
            "The latest first, each with its mapping and when something came in last. Addresses are not shown.");
        hooks.MapPost("/", CreateInboundHook.Handle).Needs("inbound_hooks:write").MayAnswer(409, "too_many_hooks").Describe("Create an inbound hook",
            $"`url` in the answer is where the other system posts to, as JSON or as a form, up to {ReceiveHook.MostBytes >> 10} KiB; it is shown this once, and whoever knows it can post. With `signature` and `secret`, only what carries the right HMAC-SHA256 of its body in that header is taken: anything else is answered 403 and not kept. "
            + "What is taken is on the disk before it is answered 200 (`applied`, `ignored`, `duplicate`) or 202 (`refused`, `received`); a refused delivery need not be sent again, since it can be replayed from the log. It is written all or not at all, by the rules of the API's own routes.");
        hooks.MapGet("/{inbound_hook_id}", Show).WithName("ShowInboundHook").Needs("inbound_hooks:read").Describe("Show an inbound hook",
            "With its mapping. Its `ETag` is its revision, for `If-Match`. The address and the secret are never shown again.");
        hooks.MapPatch("/{inbound_hook_id}", ChangeInboundHook.Handle).Needs("inbound_hooks:write").Describe("Change an inbound hook",
            "Absent members stay. Another `mapping` is a new version; deliveries that were refused are applied by it when they are replayed. `is_enabled: false` makes its address answer 404.");
        hooks.MapDelete("/{inbound_hook_id}", ChangeInboundHook.Remove).WithName("RemoveInboundHook").Needs("inbound_hooks:write").Describe("Delete an inbound hook",
            "With its address, its mappings and its log. What it has written stays.");
        hooks.MapPost("/{inbound_hook_id}/rotation", RotateInboundHook.Handle).Needs("inbound_hooks:write").Describe("Change a hook's address",
            "Another `url`, shown this once; the former one works for `former_hours` more, 24 if nothing is said, so that nothing is lost meanwhile.");
        hooks.MapGet("/{inbound_hook_id}/mappings", ListHookMappings.Handle).Needs("inbound_hooks:read").Describe("List a hook's mappings",
            "Every version there was, the latest first, with who made it; at most a hundred. To go back to one, send it as the `mapping` again.");
        hooks.MapPost("/{inbound_hook_id}/try", TryInboundHook.Handle).ReadsOnly().Needs("inbound_hooks:write").Describe("Try a mapping",
            "What a payload would become, by the hook's mapping or by one that is not saved yet: each body that the API would be sent, what it would do, and each error with its place in the body (`pointer`) and in the payload (`source_pointer`). Nothing is kept.");
        hooks.MapGet("/{inbound_hook_id}/deliveries", ListDeliveries).WithName("ListHookDeliveries").Needs("inbound_hooks:read").Lists(HookDelivery.List).Describe("List a hook's deliveries",
            "What came in during the last 30 days and what became of it, the latest first: `filter[outcome][eq]=refused` finds what needs mending.");
        hooks.MapGet("/{inbound_hook_id}/deliveries/{hook_delivery_id}", ShowDelivery).Needs("inbound_hooks:read").WithName("ShowHookDelivery").Describe("Show a hook's delivery",
            "One delivery with its body as it came, what was written for it, or why it was refused.");
        hooks.MapPost("/{inbound_hook_id}/deliveries/{hook_delivery_id}/replay", ReplayOne).OpensItsOwnTransaction().Needs("inbound_hooks:write").WithName("ReplayHookDelivery").MayAnswer(409, "delivery_not_refused").Describe("Replay a delivery",
            "Applies a refused or ignored delivery again, by the mapping there is now, and shows what became of it.");
        hooks.MapPost("/{inbound_hook_id}/replays", ReplayAll).Needs("inbound_hooks:write").WithName("ReplayHookDeliveries").Describe("Replay all that was refused",
            "Every refused delivery is applied again, behind the answer, by the mapping there is now. `replayed` says how many.");
    }

    /// <summary>Outside: the address itself is the credential.</summary>
    public static void MapHooks(this IEndpointRouteBuilder app) => app.MapPost("/v1/hooks/{token}", ReceiveHook.Handle).ExcludeFromDescription();

    internal static Task<Page<InboundHook>> List(ListQuery query, TenantDb db, CancellationToken ct) => InboundHook.List.ReadAsync(query, db, null, ct);

    internal static Task<InboundHook> Show([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, TenantDb db, CancellationToken ct) => InboundHook.FindAsync(hookId, db, ct);

    internal static async Task<Page<HookDelivery>> ListDeliveries([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await InboundHook.FindAsync(hookId, db, ct);
        return await HookDelivery.List.ReadAsync(query, db, new { ReceiverId = hookId }, ct);
    }

    internal static async Task<HookDelivery.Shown> ShowDelivery(
        [FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, [FromRoute(Name = "hook_delivery_id")] Id<HookDelivery> deliveryId, TenantDb db, CancellationToken ct)
    {
        await InboundHook.FindAsync(hookId, db, ct);
        return await HookDelivery.FindAsync(hookId.Value, deliveryId, db, ct);
    }

    internal static async Task<HookDelivery.Shown> ReplayOne(
        [FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, [FromRoute(Name = "hook_delivery_id")] Id<HookDelivery> deliveryId, TenantDb db, ReplayDeliveries replay, CancellationToken ct)
    {
        await InboundHook.FindAsync(hookId, db, ct);
        return await replay.OneAsync(hookId.Value, deliveryId, ct);
    }

    internal static async Task<ReplayedDeliveries> ReplayAll([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, TenantDb db, ReplayDeliveries replay, CancellationToken ct)
    {
        await InboundHook.FindAsync(hookId, db, ct);
        return await replay.AllAsync(hookId.Value, ct);
    }
}
