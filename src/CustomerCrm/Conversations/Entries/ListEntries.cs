using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Entries;

/// <summary>GET /conversations/{conversation_id}/entries, and one of them.</summary>
internal static class ListEntries
{
    internal static async Task<Page<ConversationEntry>> Handle([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, ListQuery query, EntryReader reader, TenantDb db, CancellationToken ct)
    {
        await Conversation.FindAsync(conversationId, db, ct);
        var page = await List.Where(Condition.Of("e.ConversationId = {0}", conversationId)).ReadAsync(query, db, null, ct);
        return page with { Data = await reader.WholeAsync(page.Data, ct) };
    }

    internal static Task<ConversationEntry> Show([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, [FromRoute(Name = "entry_id")] Id<ConversationEntry> entryId, EntryReader reader, CancellationToken ct) =>
        reader.FindAsync(conversationId, entryId, ct);

    internal static readonly ListOf<ConversationEntry> List = ListOf<ConversationEntry>.From(EntryReader.Matching, "e.Id", entry => entry.Id.ToBytes())
        .SortedBy("number", "e.Number", entry => entry.Number)
        .FilteredBy("kind", "e.Kind", FilterType.OneOf<EntryKind>(), Operators.Equal | Operators.In)
        .FilteredBy("author", "e.Author", FilterType.OneOf<EntryAuthor>(), Operators.Equal | Operators.In)
        .FilteredBy("number", "e.Number", FilterType.Integer, Operators.Range);
}
