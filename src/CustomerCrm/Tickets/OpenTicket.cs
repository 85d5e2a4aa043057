using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Attachments;
using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Tags;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Users;

namespace CustomerCrm.Tickets;

/// <summary>POST /tickets</summary>
public static class OpenTicket
{
    public sealed record Request : IValidatableObject
    {
        /// <summary>Who asks; or say it by <see cref="Customer"/>.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Who asks, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        /// <example>The parcel has not arrived</example>
        [StringLength(500, MinimumLength = 1)] public required string Subject { get; init; }

        /// <summary>What it begins with.</summary>
        public FirstMessage? Message { get; init; }

        public TicketType Type { get; init; } = TicketType.Question;
        public TicketPriority Priority { get; init; } = TicketPriority.Normal;

        /// <summary>How the customer came: an answer goes out there.</summary>
        public InteractionChannel Channel { get; init; } = InteractionChannel.Web;

        /// <summary>Left out, open where somebody is at it and new where nobody is.</summary>
        public TicketCategory? Category { get; init; }

        /// <summary>A label of the tenant's own, which brings its category along.</summary>
        public Id<TicketStatus>? StatusId { get; init; }

        public Id<User>? AssigneeId { get; init; }
        public Id<Team>? TeamId { get; init; }

        /// <example>de</example>
        [StringLength(35), LanguageTag] public string? Language { get; init; }

        /// <summary>By name; those that are not there yet are made.</summary>
        /// <example>["delivery"]</example>
        [MaxLength(TagBook.MostOnOne), TagName] public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>The values of the tenant's own fields, by their names.</summary>
        /// <example>{"product_line":"teapots"}</example>
        [MaxLength(200)] public Change<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }

        /// <summary>A conversation of this customer's that there is already; left out, one begins.</summary>
        public Id<Conversation>? ConversationId { get; init; }

        /// <summary>The closed ticket that this one goes on with.</summary>
        public Id<Ticket>? FollowsId { get; init; }

        /// <summary>The system it was in before; with <see cref="ExternalId"/> it is opened only once.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null == Customer is null) yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
            if (Source is null != ExternalId is null) yield return new BrokenRule("both_needed", "A source and an external_id belong together.", nameof(ExternalId));
        }
    }

    /// <summary>The first entry of a ticket's conversation.</summary>
    public sealed record FirstMessage
    {
        /// <example>I ordered two weeks ago and nothing has come.</example>
        [StringLength(50_000, MinimumLength = 1)] public required string Text { get; init; }

        public MessageFrom From { get; init; } = MessageFrom.Customer;

        /// <summary>Files that were uploaded.</summary>
        [MaxLength(20)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];

        internal NewEntry ToEntry() => new()
        {
            Kind = From == MessageFrom.Note ? EntryKind.Note : EntryKind.Message,
            Author = From == MessageFrom.Customer ? EntryAuthor.Customer : EntryAuthor.Agent,
            Text = Text,
            Attachments = AttachmentIds,
        };
    }

    /// <summary>Who says it.</summary>
    public enum MessageFrom
    {
        /// <summary>What the customer wrote or said.</summary>
        Customer,

        /// <summary>The tenant begins: it goes out to the customer at once.</summary>
        Agent,

        /// <summary>For the tenant's own people only.</summary>
        Note,
    }

    internal static async Task<IResult> Handle(Request request, TicketWriter writer, TicketRows rows, CustomerFinder finder, CustomFieldReader fields, CancellationToken ct)
    {
        if (await rows.FindAsync(request.Source, request.ExternalId, ct) is { } known) return TypedResults.Ok(known);
        var values = await fields.ReadAsync(CustomFieldResource.Tickets, request.CustomFields, CustomFieldValues.None, "", ct);
        var ticket = await writer.OpenAsync(new NewTicket
        {
            CustomerId = request.CustomerId ?? await finder.FindOrCreateAsync(request.Customer!, "/customer", ct),
            Subject = request.Subject,
            First = request.Message?.ToEntry(),
            Type = request.Type,
            Priority = request.Priority,
            Channel = request.Channel,
            Category = request.Category,
            StatusId = request.StatusId,
            AssigneeId = request.AssigneeId,
            TeamId = request.TeamId,
            Language = request.Language,
            Tags = request.Tags,
            CustomFields = values,
            ConversationId = request.ConversationId,
            FollowsId = request.FollowsId,
            Source = request.Source,
            ExternalId = request.ExternalId,
        }, ct);
        return TypedResults.Created($"/v1/tickets/{ticket.Id}", ticket);
    }
}
