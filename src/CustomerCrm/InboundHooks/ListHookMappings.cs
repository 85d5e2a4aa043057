using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.InboundHooks;

/// <summary>GET /inbound_hooks/{inbound_hook_id}/mappings: the last hundred, the latest first.</summary>
public static class ListHookMappings
{
    private const int Most = 100;

    public sealed record Answer
    {
        public required IReadOnlyList<MappingOfHook> Data { get; init; }
    }

    /// <summary>A mapping as it was from one change to the next.</summary>
    public sealed record MappingOfHook
    {
        public required int Version { get; init; }
        public HookMapping Mapping => HookMapping.Read(MappingText);
        public required DateTimeOffset CreatedAt { get; init; }

        /// <summary>Who made it so.</summary>
        public Actor Author => new(AuthorKind, AuthorId, AuthorName);

        internal string MappingText { get; init; } = "";
        internal ActorKind AuthorKind { get; init; }
        internal string? AuthorId { get; init; }
        internal string AuthorName { get; init; } = "";
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, TenantDb db, CancellationToken ct)
    {
        await InboundHook.FindAsync(hookId, db, ct);
        return new Answer { Data = await db.QueryTopAsync<MappingOfHook>(All, Most, new { HookId = hookId }, ct) };
    }

    private static readonly TenantSql All = TenantSql.Of("""
        SELECT m.Version, m.MappingText, m.CreatedAt, m.AuthorKind, m.AuthorId, m.AuthorName
        FROM InboundHookMappings m
        WHERE m.TenantId = @TenantId
          AND m.HookId = @HookId
        ORDER BY m.Version DESC
        """);
}
