using System.Text.Json.Serialization;
using CustomerCrm.Consents;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Interactions;
using CustomerCrm.Messages;
using CustomerCrm.Notes;
using CustomerCrm.Orders;
using CustomerCrm.Orders.Refunds;
using CustomerCrm.Platform.Data;
using CustomerCrm.SurveyResponses;
using CustomerCrm.Tasks;
using CustomerCrm.Tickets;
using CustomerCrm.Track;

namespace CustomerCrm.Timeline;

/// <summary>What kind of thing happened. The numbers are only those of the statement that reads them.</summary>
public enum TimelineKind
{
    CustomerCreated = 1,
    IdentityAdded = 2,
    Interaction = 3,
    Order = 4,
    Refund = 5,
    Note = 6,
    TrackedEvent = 7,
    Message = 8,
    Consent = 9,
    Task = 10,
    SurveyResponse = 20,
    Ticket = 12,
}

/// <summary>One thing that happened to or with a customer; what it is in full, its own route says.</summary>
public sealed record TimelineEntry
{
    public required TimelineKind Kind { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Of the thing itself: a customer, an identity, an interaction, an order, a refund, a note, a tracked event, a message, an entry of the ledger of consents, a task, a survey response.</summary>
    /// <summary>Of the thing itself: a customer, an identity, an interaction, an order, a refund, a note, a tracked event, a message, an entry of the ledger of consents, a task, a ticket.</summary>
    public string Id => Kind switch
    {
        TimelineKind.CustomerCreated => Id<Customer>.FromBytes(Key).ToString(),
        TimelineKind.IdentityAdded => Id<Identity>.FromBytes(Key).ToString(),
        TimelineKind.Interaction => Id<Interaction>.FromBytes(Key).ToString(),
        TimelineKind.Order => Id<Order>.FromBytes(Key).ToString(),
        TimelineKind.Refund => Id<Refund>.FromBytes(Key).ToString(),
        TimelineKind.Note => Id<Note>.FromBytes(Key).ToString(),
        TimelineKind.TrackedEvent => Id<TrackedEvent>.FromBytes(Key).ToString(),
        TimelineKind.Message => Id<Message>.FromBytes(Key).ToString(),
        TimelineKind.Consent => Id<ConsentEntry>.FromBytes(Key).ToString(),
        TimelineKind.Ticket => Id<Ticket>.FromBytes(Key).ToString(),
        TimelineKind.Task => Id<TaskItem>.FromBytes(Key).ToString(),
        TimelineKind.SurveyResponse => Id<SurveyResponse>.FromBytes(Key).ToString(),
        _ => throw new InvalidOperationException($"{Kind} has no kind of id."),
    };

    /// <summary>Of an interaction, a message, a consent or a ticket.</summary>
    public InteractionChannel? Channel { get; init; }

    /// <summary>Of an interaction or a message.</summary>
    public InteractionDirection? Direction { get; init; }

    /// <summary>What a list shows of it: a subject, a name, an address, a number, a reason, the beginning of a note, a topic.</summary>
    public string? Title { get; init; }

    /// <summary>How it stands or ended; of a survey response, the score.</summary>
    public string? Outcome { get; init; }

    /// <summary>What an order comes to, or what was paid back, in minor units of <see cref="Currency"/>.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    [JsonIgnore]
    public required byte[] Key { get; init; }
}
