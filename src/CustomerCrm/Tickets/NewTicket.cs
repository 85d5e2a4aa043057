using CustomerCrm.CustomFields.Values;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets;

/// <summary>A ticket as whoever opens it states it.</summary>
public sealed record NewTicket
{
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>At most 500 characters.</summary>
    public required string Subject { get; init; }

    public TicketType Type { get; init; } = TicketType.Question;
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;
    public InteractionChannel Channel { get; init; } = InteractionChannel.Web;

    /// <summary>Left out, open where somebody is at it and new where nobody is.</summary>
    public TicketCategory? Category { get; init; }

    public Id<TicketStatus>? StatusId { get; init; }
    public Id<User>? AssigneeId { get; init; }
    public Id<Team>? TeamId { get; init; }
    public string? Language { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Read and checked already.</summary>
    public CustomFieldValues CustomFields { get; init; } = CustomFieldValues.None;

    /// <summary>Where it is talked about; null: a conversation of its own begins.</summary>
    public Id<Conversation>? ConversationId { get; init; }

    /// <summary>What it begins with: the customer's words, an answer that goes out at once, or a note.</summary>
    public NewEntry? First { get; init; }

    /// <summary>When the customer wrote what it is about; null where the tenant began.</summary>
    public DateTimeOffset? CustomerRepliedAt { get; init; }

    public Id<Ticket>? FollowsId { get; init; }
    public TicketOrigin Origin { get; init; } = new(TicketOrigin.Api, null);

    /// <summary>The system it was in before; with <see cref="ExternalId"/> it is opened only once.</summary>
    public string? Source { get; init; }

    public string? ExternalId { get; init; }
}
