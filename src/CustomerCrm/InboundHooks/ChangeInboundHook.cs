using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.InboundHooks;

/// <summary>PATCH and DELETE /inbound_hooks/{inbound_hook_id}</summary>
public static class ChangeInboundHook
{
    public sealed record Request
    {
        /// <example>Till in the shop</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        public Change<bool> IsEnabled { get; init; }
        public Change<bool> IsQuiet { get; init; }

        /// <summary>A new version, which holds from the next delivery or replay on.</summary>
        [Required] public Change<HookMapping> Mapping { get; init; }

        /// <summary>Null: what is not signed is taken, too.</summary>
        public Change<HookSignature> Signature { get; init; }

        /// <summary>The one before it holds no longer.</summary>
        [StringLength(200, MinimumLength = 8)] public Change<string> Secret { get; init; }
    }

    internal static async Task<InboundHook> Handle(
        [FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, Request request, IfMatch ifMatch, TenantDb db, CurrentTenant tenant, SecretBox box, HookMappingWriter mappings, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await InboundHook.FindAsync(hookId, db, ct);
        ifMatch.Check(current.Revision);
        var signature = request.Signature.Or(current.Signature);
        var secret = signature is null ? null : request.Secret is { IsSet: true, Value: { } said } ? box.Seal(said, InboundHook.PlaceOf(tenant.Id, hookId)) : current.SecretBox;
        if (signature is not null && secret is null) throw ApiProblem.Invalid("/secret", "required", "A signature and its secret belong together.");

        var version = current.MappingVersion;
        if (request.Mapping is { IsSet: true, Value: { } mapping } && mapping.Write() != current.MappingText) await mappings.AddAsync(hookId, ++version, mapping, ct);
        var changed = await db.ExecuteAsync(Update, new
        {
            Id = hookId,
            Name = request.Name.Or(current.Name),
            IsEnabled = request.IsEnabled.Or(current.IsEnabled),
            IsQuiet = request.IsQuiet.Or(current.IsQuiet),
            SignatureText = signature is null ? null : JsonSerializer.Serialize(signature, StrictJson.Options),
            SecretBox = secret,
            MappingVersion = version,
            current.Revision,
            Now = clock.GetUtcNow(),
        }, ct);
        if (changed == 0) throw ApiProblem.PreconditionFailed();
        var after = await InboundHook.FindAsync(hookId, db, ct);
        events.Record("inbound_hook.updated", after);
        return after;
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, IfMatch ifMatch, TenantDb db, EntryTokenWriter tokens, ReceiverDeliveries deliveries, EventLog events, CancellationToken ct)
    {
        var current = await InboundHook.FindAsync(hookId, db, ct);
        ifMatch.Check(current.Revision);
        await tokens.RemoveAsync(hookId.Value, ct);
        await db.ExecuteAsync(DeleteMappings, new { HookId = hookId }, ct);
        await deliveries.RemoveAsync(hookId.Value, ct);
        await db.ExecuteAsync(Delete, new { HookId = hookId }, ct);
        events.Record("inbound_hook.deleted", current);
        return TypedResults.NoContent();
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE InboundHooks
        SET Name = @Name, IsEnabled = @IsEnabled, IsQuiet = @IsQuiet, SignatureText = @SignatureText, SecretBox = @SecretBox, MappingVersion = @MappingVersion,
            Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql DeleteMappings = TenantSql.Of("DELETE FROM InboundHookMappings WHERE TenantId = @TenantId AND HookId = @HookId");

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM InboundHooks WHERE TenantId = @TenantId AND Id = @HookId");
}
