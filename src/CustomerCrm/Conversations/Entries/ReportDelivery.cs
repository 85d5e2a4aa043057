using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Entries;

/// <summary>POST /conversations/{conversation_id}/entries/{entry_id}/delivery: whoever carries a channel of the tenant's own says what became of an answer.</summary>
public static class ReportDelivery
{
    /// <example>{"state":"delivered"}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>`sent`, `delivered`, `read` or `failed`.</summary>
        [Required] public DeliveryState? State { get; init; }

        /// <summary>Why it failed, in a word.</summary>
        /// <example>blocked_by_recipient</example>
        [StringLength(100, MinimumLength = 1)] public string? Code { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (State is DeliveryState.Pending or DeliveryState.Refused) yield return new BrokenRule("value_invalid", "One of: sent, delivered, read, failed.", nameof(State));
        }
    }

    internal static async Task<ConversationEntry> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, [FromRoute(Name = "entry_id")] Id<ConversationEntry> entryId, Request request, EntryReader reader, EventLog events, TenantDb db, CancellationToken ct)
    {
        var entry = await reader.FindAsync(conversationId, entryId, ct);
        // In the usual chat it is the page that shows an answer to the visitor it was for; one that was for no visitor is anybody's to bring.
        if (entry.Reported is not { } before || (entry.ChannelId is null && entry.VisitorId is not null)) throw ApiProblem.Conflict("not_carried", "Only an answer on a channel of the tenant's own is carried by somebody who can say what became of it.");
        // Reports overtake each other: what is further along stays, but a failure is always heard, and only that it has arrived after all says otherwise.
        if (request.State == before || (request.State != DeliveryState.Failed && Rank(request.State!.Value) < Rank(before))) return entry;
        await db.ExecuteAsync(Report, new { EntryId = entryId, State = request.State, request.Code }, ct);
        await db.ExecuteAsync(Touch, new { ConversationId = conversationId }, ct);
        var told = entry with { Reported = request.State, DeliveryCode = request.Code };
        events.Record("conversation.delivery_changed", told, told.CustomerId.Value);
        return told;
    }

    private static int Rank(DeliveryState state) => state switch { DeliveryState.Pending => 0, DeliveryState.Sent => 1, DeliveryState.Failed => 2, DeliveryState.Delivered => 3, _ => 4 };

    private static readonly TenantSql Report = TenantSql.Of("""
        UPDATE ConversationEntries
        SET Delivery = @State, DeliveryCode = @Code
        WHERE TenantId = @TenantId
          AND Id = @EntryId
        """);

    private static readonly TenantSql Touch = TenantSql.Of("""
        UPDATE Conversations
        SET Revision = Revision + 1
        WHERE TenantId = @TenantId
          AND Id = @ConversationId
        """);
}
