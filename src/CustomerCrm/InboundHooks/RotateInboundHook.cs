using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.InboundHooks;

/// <summary>POST /inbound_hooks/{inbound_hook_id}/rotation: another address, while the former one still works for a while.</summary>
public static class RotateInboundHook
{
    public sealed record Request
    {
        /// <summary>For how long the former address still takes what is sent; 0 ends it at once.</summary>
        [Range(0, 168)] public int FormerHours { get; init; } = 24;
    }

    internal static async Task<CreateInboundHook.Response> Handle(
        [FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, Request? request, IfMatch ifMatch, TenantDb db, EntryTokenWriter tokens, IOptions<PublicOptions> options, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await InboundHook.FindAsync(hookId, db, ct);
        ifMatch.Check(current.Revision);
        var token = await tokens.ReplaceAsync(EntryKind.InboundHook, hookId.Value, clock.GetUtcNow().AddHours((request ?? new Request()).FormerHours), ct);
        await db.ExecuteAsync(Update, new { HookId = hookId, TokenHint = EntryTokenWriter.HintOf(token), Now = clock.GetUtcNow() }, ct);
        var after = await InboundHook.FindAsync(hookId, db, ct);
        events.Record("inbound_hook.rotated", after);
        return new CreateInboundHook.Response(after) { Url = CreateInboundHook.UrlOf(token, options.Value) };
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE InboundHooks
        SET TokenHint = @TokenHint, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @HookId
        """);
}
