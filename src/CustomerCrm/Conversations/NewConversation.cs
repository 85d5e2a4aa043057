using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>A conversation that begins.</summary>
public sealed record NewConversation
{
    public required Id<Customer> CustomerId { get; init; }
    public required InteractionChannel Channel { get; init; }

    /// <summary>Which of the tenant's own channels; null: the usual one.</summary>
    public Id<Channel>? ChannelId { get; init; }

    public string? Subject { get; init; }
    public Id<User>? AssigneeId { get; init; }
    public Id<Team>? TeamId { get; init; }

    /// <summary>What it begins with; null: nothing yet.</summary>
    public NewEntry? First { get; init; }
}

/// <summary>A message or note that comes to a conversation.</summary>
public sealed record NewEntry
{
    public EntryKind Kind { get; init; } = EntryKind.Message;
    public required EntryAuthor Author { get; init; }

    /// <summary>Of an agent; null: who makes this request, if that is a person.</summary>
    public Id<User>? AuthorId { get; init; }

    /// <summary>Null: what the author, or the caller, is called.</summary>
    public string? AuthorName { get; init; }

    /// <summary>May be empty where there are attachments.</summary>
    public required string Text { get; init; }

    /// <summary>Of a message; null: the one it answers.</summary>
    public InteractionChannel? Channel { get; init; }

    public Id<Channel>? ChannelId { get; init; }

    /// <summary>Of an e-mail; null: the conversation's.</summary>
    public string? Subject { get; init; }

    /// <summary>The address that the customer wrote from.</summary>
    public string? From { get; init; }

    /// <summary>The customer's address that an answer goes to; null: the one they wrote from, or their primary one.</summary>
    public string? To { get; init; }

    public IReadOnlyList<Id<Attachment>> Attachments { get; init; } = [];

    /// <summary>Users who are to find it among their mentions.</summary>
    public IReadOnlyList<Id<User>> Mentions { get; init; } = [];

    /// <summary>Null: now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The system it comes from, and what it is called there: taken once.</summary>
    public string? Source { get; init; }

    public string? ExternalId { get; init; }

    public Threading? Threading { get; init; }
    public bool IsAutomatic { get; init; }
    public bool IsBulk { get; init; }

    /// <summary>What is noted of it in the interaction: <c>answers msg_…</c>.</summary>
    internal string? Outcome { get; init; }

    /// <summary>Files of it are still to be fetched, so that its text may be empty.</summary>
    internal bool HasMedia { get; init; }

    /// <summary>The visitor of a web chat who wrote it.</summary>
    internal byte[]? VisitorId { get; init; }
}
