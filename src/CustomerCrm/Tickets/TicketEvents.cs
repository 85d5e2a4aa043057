using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.History;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Tickets;

/// <summary>The data of <c>ticket.updated</c>, <c>ticket.solved</c>, <c>ticket.reopened</c> and <c>ticket.closed</c>: the ticket as it is now, and what is different.</summary>
public sealed record ChangedTicket : Ticket
{
    [SetsRequiredMembers]
    internal ChangedTicket(Ticket after, IReadOnlyList<FieldDifference> differences) : base(after) =>
        Changes = [.. differences.Select(d => new TicketDifference(d.Field, Read(d.From), Read(d.To)))];

    /// <summary>Each field that has another value.</summary>
    [NotInHistory] public IReadOnlyList<TicketDifference> Changes { get; }

    private static JsonElement? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json, StrictJson.Options);
}

/// <summary>A field of a ticket that has another value.</summary>
/// <param name="Field">By its name: <c>assignee_id</c>, <c>custom_fields.product_line</c>.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
public sealed record TicketDifference(string Field, JsonElement? From, JsonElement? To);

/// <summary>The data of <c>ticket.replied</c> and <c>ticket.customer_replied</c>: the ticket as it is now, and what was said.</summary>
public sealed record RepliedTicket : Ticket
{
    [SetsRequiredMembers]
    internal RepliedTicket(Ticket after, Id<ConversationEntry> entryId) : base(after) => EntryId = entryId;

    /// <summary>Which entry of the conversation.</summary>
    [NotInHistory] public Id<ConversationEntry> EntryId { get; }
}
