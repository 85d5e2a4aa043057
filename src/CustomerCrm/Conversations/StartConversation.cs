using System.ComponentModel.DataAnnotations;
using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Conversations;

/// <summary>POST /conversations: a thread of its own, whatever else is open.</summary>
public static class StartConversation
{
    /// <example>{"customer_id":"cus_01951c2e8f0070008000000000","channel":"phone","subject":"Late parcel","message":{"author":"customer","text":"Called and asked where the parcel is."}}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>With whom; or say it by <see cref="Customer"/>.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>With whom, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        /// <summary>On which channel; or say it by <see cref="ChannelId"/>.</summary>
        public InteractionChannel? Channel { get; init; }

        /// <summary>On which of the tenant's own channels.</summary>
        public Id<Channel>? ChannelId { get; init; }

        /// <example>Late parcel</example>
        [StringLength(500, MinimumLength = 1)] public string? Subject { get; init; }

        /// <summary>Who is to answer.</summary>
        public Id<User>? AssigneeId { get; init; }

        public Id<Team>? TeamId { get; init; }

        /// <summary>What it begins with. An agent's goes out at once.</summary>
        public FirstMessage? Message { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null == Customer is null) yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
            if (Channel is null && ChannelId is null) yield return new BrokenRule("one_needed", "Say channel or channel_id.", nameof(Channel));
        }
    }

    /// <summary>What a conversation begins with.</summary>
    public sealed record FirstMessage : IValidatableObject
    {
        /// <summary>`customer` or `agent`.</summary>
        [Required] public EntryAuthor? Author { get; init; }

        [StringLength(ConversationRules.LongestText)] public string Text { get; init; } = "";

        /// <summary>Of an agent's: one of the customer's addresses; their primary one if it is left out.</summary>
        [StringLength(254, MinimumLength = 1)] public string? To { get; init; }

        [MaxLength(ConversationRules.MostAttachments)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];

        /// <summary>When; now if it is left out.</summary>
        public DateTimeOffset? OccurredAt { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Author is EntryAuthor.Bot or EntryAuthor.System) yield return new BrokenRule("value_invalid", "The first word is the customer's or an agent's.", nameof(Author));
        }
    }

    internal static async Task<Created<Conversation>> Handle(Request request, ConversationWriter writer, ChannelReader channels, CustomerFinder customers, CancellationToken ct)
    {
        var channel = await channels.OfAsync(request.Channel, request.ChannelId, ct);
        var customerId = request.CustomerId ?? await customers.FindOrCreateAsync(request.Customer!, "/customer", ct);
        var begun = await SayingWhereAsync(() => writer.StartAsync(new NewConversation
        {
            CustomerId = customerId,
            Channel = channel.Kind,
            ChannelId = request.ChannelId,
            Subject = request.Subject,
            AssigneeId = request.AssigneeId,
            TeamId = request.TeamId,
            First = request.Message is not { } first ? null : new NewEntry
            {
                Author = first.Author!.Value,
                Text = first.Text,
                Subject = request.Subject,
                To = first.To,
                Attachments = first.AttachmentIds,
                OccurredAt = first.OccurredAt,
                Threading = first.Author == EntryAuthor.Customer ? new Threading(ThreadedBy.New, "A conversation of its own was asked for.") : null,
            },
        }, ct));
        return TypedResults.Created($"/v1/conversations/{begun.Id}", begun);
    }

    // What is wrong with the message stands one deeper here than where it is said alone.
    private static async Task<Conversation> SayingWhereAsync(Func<Task<Conversation>> start)
    {
        try
        {
            return await start();
        }
        catch (ApiProblem wrong) when (wrong.Errors.Any(IsOfMessage))
        {
            throw ApiProblem.Invalid([.. wrong.Errors.Select(e => IsOfMessage(e) ? e with { Pointer = $"/message{e.Pointer}" } : e)]);
        }
    }

    private static bool IsOfMessage(FieldError e) => e.Pointer is "/text" or "/occurred_at" or "/to" || e.Pointer.StartsWith("/attachment_ids", StringComparison.Ordinal);
}
