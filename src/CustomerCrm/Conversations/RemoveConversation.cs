using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations;

/// <summary>DELETE /conversations/{conversation_id}: into the bin, with all that was said in it. Its tickets stay, and say so.</summary>
internal static class RemoveConversation
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, IfMatch ifMatch, EditConflicts conflicts, TenantDb db, RecordBin bin, CustomerSeen seen, EventLog events, CancellationToken ct)
    {
        var current = await Conversation.FindAsync(conversationId, db, ct);
        await conflicts.CheckAsync(ifMatch, conversationId, current.Revision, change: null, ct);
        var said = await ConversationRecord.SaidInAsync(conversationId, db, ct);
        await bin.PutAsync(ConversationRecord.RecordKind, conversationId, current.Revision, current.CustomerId.Value, current.Subject ?? current.Preview, ct);
        await seen.RecountAsync(current.CustomerId, ct);
        foreach (var interaction in said) events.Record("interaction.removed", interaction, interaction.CustomerId.Value);
        events.Record("conversation.removed", current.Told(), current.CustomerId.Value);
        return TypedResults.NoContent();
    }
}
