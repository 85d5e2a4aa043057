using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Conversations;

/// <summary>
/// A conversation as it goes into the bin, and what is to be done when it is back. The words of its messages stand in its customer's interactions, so these go
/// along; what was sent stays among the messages, for it was sent.
/// </summary>
internal sealed class ConversationRecord(TenantDb db, CustomerSeen seen, EventLog events) : IRestored
{
    private static readonly RecordTable entries = new("ConversationEntries", "ConversationId") { Resource = "entry" };

    public static RecordKind RecordKind { get; } = new("conversation", Conversation.Prefix,
    [
        new("Conversations", "Id") { Resource = "conversation", KnownBy = "Subject", PointsTo = To("CustomerId", "Customers") },
        entries,
        new("ConversationReads", "ConversationId"),
        new("ConversationMentions", "ConversationId"),
        new("ConversationTyping", "ConversationId"),
        new("ConversationMedia", "ConversationId"),
        new("ChatVisitors", "ConversationId"),
        new("BotSessions", "ConversationId"),
        new("BotTurns", "ConversationId"),
        new("Attachments", "ConversationId") { Resource = "attachment", KnownBy = "FileName" },
        new("Interactions", "Id") { Through = entries, ThroughColumn = "InteractionId", IsUntied = true, Resource = "interaction", KnownBy = "ExternalId", PointsTo = To("CustomerId", "Customers") },
        new("InteractionFields", "InteractionId") { Through = entries, ThroughColumn = "InteractionId", IsUntied = true, PointsTo = To("InteractionId", "Interactions") },
        new("InteractionFieldValues", "InteractionId")
        {
            Through = entries, ThroughColumn = "InteractionId", IsUntied = true, PointsTo = new Dictionary<string, string> { ["InteractionId"] = "Interactions", ["FieldId"] = "CustomFields" },
        },
        new("InteractionSentiments", "InteractionId") { Through = entries, ThroughColumn = "InteractionId", IsUntied = true, PointsTo = To("InteractionId", "Interactions") },
    ]);

    public string Kind => RecordKind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var conversation = await Conversation.FindAsync(new Id<Conversation>(recordId), db, ct);
        await seen.RecountAsync(conversation.CustomerId, ct);
        foreach (var interaction in await SaidInAsync(conversation.Id, db, ct)) events.Record("interaction.restored", interaction, interaction.CustomerId.Value);
        events.Record("conversation.restored", conversation.Told(), conversation.CustomerId.Value);
    }

    /// <summary>The interactions that are its messages.</summary>
    public static Task<IReadOnlyList<Interaction>> SaidInAsync(Id<Conversation> conversationId, TenantDb db, CancellationToken ct) =>
        db.QueryAsync<Interaction>(Said, new { ConversationId = conversationId }, ct);

    private static readonly TenantSql Said = TenantSql.Of($"""
        SELECT {Interaction.Columns}
        FROM Interactions i
        WHERE i.TenantId = @TenantId
          AND i.Id IN (SELECT e.InteractionId FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId)
        ORDER BY i.Id
        """);

    private static Dictionary<string, string> To(string column, string table) => new() { [column] = table };
}
