using System.ComponentModel.DataAnnotations;
using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Conversations.Threads;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Conversations.Entries;

/// <summary>POST /conversations/messages: a customer said something, on whichever channel.</summary>
public static class ReceiveMessage
{
    /// <example>{"customer":{"phone":"+436641234567"},"channel":"social","text":"Is it still there?","external_id":"m-1"}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>Who; or say it by <see cref="Customer"/>.</summary>
        public Id<Customer>? CustomerId { get; init; }

        /// <summary>Who, by identities: found, or created where nobody has them.</summary>
        public CustomerDetails? Customer { get; init; }

        /// <summary>On which channel; or say it by <see cref="ChannelId"/>.</summary>
        public InteractionChannel? Channel { get; init; }

        /// <summary>On which of the tenant's own channels.</summary>
        public Id<Channel>? ChannelId { get; init; }

        /// <summary>Into which conversation; left out: where it belongs, as its <c>threading</c> says.</summary>
        public Id<Conversation>? ConversationId { get; init; }

        /// <summary>What was said; of a call, what was noted of it. Empty only where there are attachments.</summary>
        [StringLength(ConversationRules.LongestText)] public string Text { get; init; } = "";

        [StringLength(500, MinimumLength = 1)] public string? Subject { get; init; }

        /// <summary>What the customer is called there: an address, a number, a name.</summary>
        [StringLength(254, MinimumLength = 1)] public string? From { get; init; }

        /// <summary>Files that were uploaded before.</summary>
        [MaxLength(ConversationRules.MostAttachments)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];

        /// <summary>When; now if it is left out.</summary>
        public DateTimeOffset? OccurredAt { get; init; }

        /// <summary>The system it comes from; left out: the channel. With <see cref="ExternalId"/> it is taken only once.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

        /// <summary>The external ids of the messages it answers, the nearest first.</summary>
        [MaxLength(20)] public IReadOnlyList<string> InReplyTo { get; init; } = [];

        /// <summary>A program of the customer's wrote it: it opens nothing, and nobody is to answer.</summary>
        public bool IsAutomatic { get; init; }

        /// <summary>It came in bulk or over a list: people may answer it, but no program does.</summary>
        public bool IsBulk { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (CustomerId is null == Customer is null) yield return new BrokenRule("one_needed", "Say either customer_id or customer.", nameof(CustomerId));
            if (Channel is null && ChannelId is null) yield return new BrokenRule("one_needed", "Say channel or channel_id.", nameof(Channel));
            if (Source is not null && ExternalId is null) yield return new BrokenRule("both_needed", "A source says whose external_id it is.", nameof(ExternalId));
        }
    }

    internal static async Task<IResult> Handle(
        Request request, ChannelReader channels, ConversationIntake intake, ConversationWriter writer, CustomerFinder customers, TenantDb db, CancellationToken ct)
    {
        var channel = await channels.OfAsync(request.Channel, request.ChannelId, ct);
        var source = request.Source ?? (channel.IsBuiltIn ? StrictJson.NameOf(channel.Kind) : channel.Id.ToString());
        if (request.CustomerId is { } known) await ShowCustomer.FindAsync(known, db, ct);
        var entry = new NewEntry
        {
            Author = EntryAuthor.Customer,
            Text = request.Text,
            Channel = channel.Kind,
            ChannelId = channel.IsBuiltIn ? null : channel.Id,
            Subject = request.Subject,
            From = request.From,
            Attachments = request.AttachmentIds,
            OccurredAt = request.OccurredAt,
            Source = request.ExternalId is null ? null : source,
            ExternalId = request.ExternalId,
            IsAutomatic = request.IsAutomatic,
            IsBulk = request.IsBulk,
        };
        var customerId = request.CustomerId ?? await customers.FindOrCreateAsync(request.Customer!, "/customer", ct);
        var (written, isNew) = request.ConversationId is { } conversationId
            ? await NamedAsync(conversationId, customerId, entry, writer, db, ct)
            : await intake.TakeAsync(new ThreadFinder.Sent { Channel = channel.Kind, SenderId = customerId, Source = source, Answers = request.InReplyTo, IsAutomatic = request.IsAutomatic }, null, entry, ct)
                ?? await OfItsOwnAsync(customerId, entry, writer, ct);
        return isNew ? TypedResults.Created($"/v1/conversations/{written.ConversationId}/entries/{written.Id}", written) : TypedResults.Ok(written);
    }

    private static async Task<(ConversationEntry, bool)> NamedAsync(Id<Conversation> conversationId, Id<Customer> customerId, NewEntry entry, ConversationWriter writer, TenantDb db, CancellationToken ct)
    {
        if (await db.FindAsync<Conversation>(Conversation.ById, new { ConversationId = conversationId }, ct) is not { } conversation || conversation.CustomerId != customerId)
            throw Platform.Problems.ApiProblem.Invalid("/conversation_id", "unknown_conversation", "The customer has no such conversation.");
        var before = conversation.LastNumber;
        var written = await writer.AppendAsync(conversationId, entry with { Threading = new Threading(ThreadedBy.Named, "It was said by whoever recorded it.") }, ct);
        return (written, written.ConversationId == conversationId && written.Number > before);
    }

    // An automatic message that answers nothing: whoever records it wants it kept.
    private static async Task<(ConversationEntry, bool)> OfItsOwnAsync(Id<Customer> customerId, NewEntry entry, ConversationWriter writer, CancellationToken ct)
    {
        var begun = await writer.StartAsync(new NewConversation { CustomerId = customerId, Channel = entry.Channel!.Value, ChannelId = entry.ChannelId, Subject = entry.Subject }, ct);
        return (await writer.AppendAsync(begun.Id, entry with { Threading = new Threading(ThreadedBy.New, "It answers nothing.") }, ct), true);
    }
}
