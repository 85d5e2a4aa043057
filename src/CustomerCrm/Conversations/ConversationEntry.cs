using System.Text.Json.Serialization;
using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Conversations.Media;
using CustomerCrm.Conversations.Quoting;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations;

/// <summary>A message to or from the customer, an internal note, or something that happened to the conversation.</summary>
public sealed record ConversationEntry : IHasId
{
    public static string Prefix => "ent";

    public required Id<ConversationEntry> Id { get; init; }
    public required Id<Conversation> ConversationId { get; init; }
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>1, 2, 3 … in its conversation: the order in which they came.</summary>
    public required int Number { get; init; }

    public required EntryKind Kind { get; init; }
    public required EntryAuthor Author { get; init; }

    /// <summary>The user who wrote it.</summary>
    public Id<User>? AuthorId { get; init; }

    /// <summary>What whoever wrote it was called then.</summary>
    public string? AuthorName { get; init; }

    /// <summary>Of a message.</summary>
    public InteractionChannel? Channel { get; init; }

    /// <summary>Which of the tenant's own channels; null for the usual one.</summary>
    public Id<Channel>? ChannelId { get; init; }

    /// <summary>Of an e-mail.</summary>
    public string? Subject { get; init; }

    /// <summary>What was said, whole; null where it was redacted, or its interaction is in the recycle bin.</summary>
    public string? Text { get; init; }

    /// <summary>Of a customer's e-mail with something quoted: what they wrote now, as it is to be shown first. Null: all of <c>text</c> is.</summary>
    /// <example>It came today, thank you.</example>
    public string? Body => Split?.Body;

    /// <summary>What else stands in the e-mail: the message that it answers, and the signature. <c>body</c> and this together are <c>text</c>.</summary>
    /// <example>On Mon, Jan 14, 2030 at 9:00 AM Support wrote:</example>
    public string? Quoted => Split?.Quoted;

    /// <summary>Of an event: <c>assigned</c>, <c>closed</c>, <c>reopened</c>, <c>moved</c>; may grow.</summary>
    public string? What { get; init; }

    /// <summary>The address that the customer wrote from, as it came.</summary>
    public string? From { get; init; }

    /// <summary>Why it stands in this conversation and in no other.</summary>
    public Threading? Threading => ThreadedBy is { } by ? new Threading(by, ThreadedText ?? "") : null;

    /// <summary>The same message among the customer's interactions, where its sentiment and the tenant's fields are.</summary>
    public Id<Interaction>? InteractionId { get; init; }

    /// <summary>Of what the tenant said: how far it has come.</summary>
    public EntryDelivery? Delivery => EntryDelivery.Of(this);

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Files of it that the provider keeps: on their way, or not to be had. Those that have come are attachments.</summary>
    public IReadOnlyList<EntryMedia> Media { get; init; } = [];

    /// <summary>Users who are named in it.</summary>
    public IReadOnlyList<Id<User>> Mentions { get; init; } = [];

    /// <summary>A program of the customer's wrote it, an out-of-office note: nobody waits for an answer.</summary>
    public required bool IsAutomatic { get; init; }

    /// <summary>It came in bulk or over a list: people may answer it, but no program does (RFC 3834).</summary>
    public bool IsBulk { get; init; }

    public DateTimeOffset? RedactedAt { get; init; }

    /// <summary>Who redacted it, as they were called then.</summary>
    public string? RedactedBy { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What is to be read first.</summary>
    internal string? Shown => Body ?? Text;

    // Every view of an entry works it out; what was stored stays as it came.
    private (string Body, string? Quoted)? Split => Kind == EntryKind.Message && Author == EntryAuthor.Customer && Channel == InteractionChannel.Email && Text is { } text
        && QuotedText.Split(text, Subject) is { Quoted: not null } split ? split : null;

    [JsonIgnore] internal ThreadedBy? ThreadedBy { get; init; }
    [JsonIgnore] internal string? ThreadedText { get; init; }
    [JsonIgnore] internal Id<Message>? MessageId { get; init; }
    [JsonIgnore] internal MessageState? MessageState { get; init; }
    [JsonIgnore] internal string? MessageCode { get; init; }
    [JsonIgnore] internal DeliveryState? Reported { get; init; }
    [JsonIgnore] internal string? DeliveryCode { get; init; }
    [JsonIgnore] internal byte[]? VisitorId { get; init; }
}

/// <summary>What an entry is. The numbers are stored.</summary>
public enum EntryKind
{
    Message = 1,

    /// <summary>For the tenant's own people: no customer ever sees it.</summary>
    Note = 2,

    /// <summary>Something that happened: it was closed, or is somebody else's.</summary>
    Event = 3,
}

/// <summary>Who wrote an entry. The numbers are stored.</summary>
public enum EntryAuthor
{
    Customer = 1,
    Agent = 2,
    Bot = 3,
    System = 4,
}
