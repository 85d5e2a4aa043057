using System.ComponentModel.DataAnnotations;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Bots;

/// <summary>PATCH and DELETE /bots/{bot_id}, and which version answers.</summary>
public static class ChangeBot
{
    /// <example>{"is_enabled":false}</example>
    public sealed record Request
    {
        [Required, StringLength(100, MinimumLength = 1), RegularExpression(@"^.*\S.*$")] public Change<string> Name { get; init; }

        /// <summary>All of them.</summary>
        /// <example>["chat"]</example>
        [Required, MinLength(1), MaxLength(8)] public Change<IReadOnlyList<InteractionChannel>> Channels { get; init; }

        public Change<bool> IsEnabled { get; init; }

        /// <summary>The whole of it.</summary>
        [Required] public Change<BotFlow> Flow { get; init; }
    }

    internal static async Task<Bot> Handle([FromRoute(Name = "bot_id")] Id<Bot> botId, Request request, IfMatch ifMatch, TenantDb db, BotWriter writer, CancellationToken ct)
    {
        var current = await FindAsync(botId, ifMatch, db, ct);
        return await writer.ChangeAsync(current, current with
        {
            Name = request.Name.Or(current.Name)!.Trim(), Channels = request.Channels.Or(current.Channels)!, IsEnabled = request.IsEnabled.Or(current.IsEnabled), Flow = request.Flow.Or(current.Flow)!,
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "bot_id")] Id<Bot> botId, IfMatch ifMatch, TenantDb db, BotWriter writer, CancellationToken ct)
    {
        await writer.RemoveAsync(await FindAsync(botId, ifMatch, db, ct), ct);
        return TypedResults.NoContent();
    }

    internal static async Task<Bot> Publish([FromRoute(Name = "bot_id")] Id<Bot> botId, IfMatch ifMatch, TenantDb db, BotWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var current = await FindAsync(botId, ifMatch, db, ct);
        await writer.CheckAsync(current.Flow, ct); // a team may be gone since it was written
        return await writer.ChangeAsync(current, current with { PublishedVersion = current.Version, PublishedAt = clock.GetUtcNow() }, ct);
    }

    internal static async Task<Bot> Unpublish([FromRoute(Name = "bot_id")] Id<Bot> botId, IfMatch ifMatch, TenantDb db, BotWriter writer, CancellationToken ct)
    {
        var current = await FindAsync(botId, ifMatch, db, ct);
        return await writer.ChangeAsync(current, current with { PublishedVersion = null, PublishedAt = null }, ct);
    }

    private static async Task<Bot> FindAsync(Id<Bot> botId, IfMatch ifMatch, TenantDb db, CancellationToken ct)
    {
        var current = await Bot.FindAsync(botId, db, ct);
        ifMatch.Check(current.Revision);
        return current;
    }
}
