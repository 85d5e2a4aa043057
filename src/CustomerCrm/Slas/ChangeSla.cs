using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Slas;

/// <summary>PATCH and DELETE /slas/{sla_id}</summary>
public static class ChangeSla
{
    public sealed record Request
    {
        /// <example>Best customers</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [StringLength(1000)] public Change<string> Description { get; init; }

        [Range(0, 1_000_000)] public Change<int> Position { get; init; }

        public Change<bool> IsEnabled { get; init; }

        /// <summary>The whole definition anew.</summary>
        [Required] public Change<SlaDefinition> Definition { get; init; }
    }

    internal static async Task<SlaPolicy> Handle([FromRoute(Name = "sla_id")] Id<SlaPolicy> slaId, Request request, IfMatch ifMatch, TenantDb db, SlaWriter writer, CancellationToken ct)
    {
        var current = await SlaPolicy.FindAsync(slaId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, request, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "sla_id")] Id<SlaPolicy> slaId, IfMatch ifMatch, TenantDb db, SlaWriter writer, CancellationToken ct)
    {
        var current = await SlaPolicy.FindAsync(slaId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
