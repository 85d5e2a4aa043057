using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Interactions;

/// <summary>PATCH /v1/interactions/{interaction_id}: it was recorded wrongly. Whose it is and its external id stay.</summary>
public static class ChangeInteraction
{
    public sealed record Request
    {
        public Change<InteractionChannel> Channel { get; init; }
        public Change<InteractionDirection> Direction { get; init; }
        public Change<DateTimeOffset> OccurredAt { get; init; }
        [StringLength(200, MinimumLength = 1)] public Change<string> Agent { get; init; }
        [StringLength(500, MinimumLength = 1)] public Change<string> Subject { get; init; }
        [StringLength(20_000, MinimumLength = 1)] public Change<string> Body { get; init; }
        [StringLength(100, MinimumLength = 1)] public Change<string> Outcome { get; init; }
        [Range(0, 30 * 24 * 3600)] public Change<int?> DurationSeconds { get; init; }

        /// <summary>The values of the tenant's own fields: those that are not named stay, null clears.</summary>
        /// <example>{"satisfaction":4}</example>
        [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }
    }

    internal static async Task<Interaction> Handle(
        [FromRoute(Name = "interaction_id")] Id<Interaction> interactionId, Request request, IfMatch ifMatch, EditConflicts conflicts,
        TenantDb db, InteractionWriter writer, CustomFieldReader fields, TimeProvider clock, CancellationToken ct)
    {
        var current = await ShowInteraction.FindAsync(interactionId, db, ct);
        await conflicts.CheckAsync(ifMatch, interactionId, current.Revision, request, ct);
        var wanted = current with
        {
            Channel = request.Channel.Or(current.Channel),
            Direction = request.Direction.Or(current.Direction),
            OccurredAt = request.OccurredAt.IsSet ? InteractionTime.Of(request.OccurredAt.Value, clock.GetUtcNow()) : current.OccurredAt,
            Agent = request.Agent.Or(current.Agent),
            Subject = request.Subject.Or(current.Subject),
            Body = request.Body.Or(current.Body),
            Outcome = request.Outcome.Or(current.Outcome),
            DurationSeconds = request.DurationSeconds.Or(current.DurationSeconds),
            CustomFields = await fields.ReadAsync(CustomFieldResource.Interactions, request.CustomFields, current.CustomFields, "", ct),
        };
        return await writer.ChangeAsync(current, wanted, ct);
    }
}
