using System.ComponentModel.DataAnnotations;
using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Entries;

/// <summary>POST /conversations/{conversation_id}/replies: what an agent or a bot says to the customer.</summary>
public static class ReplyToCustomer
{
    /// <example>{"text":"Your parcel will be there tomorrow."}</example>
    public sealed record Request : IValidatableObject
    {
        /// <summary>As it stands; the channel says how long it may be. Empty only where there are attachments.</summary>
        [StringLength(ConversationRules.LongestText)] public string Text { get; init; } = "";

        /// <summary>Left out: where the customer wrote last, or if nobody is answered there, by e-mail or SMS.</summary>
        public InteractionChannel? Channel { get; init; }

        /// <summary>Which of the tenant's own channels.</summary>
        public Id<Channel>? ChannelId { get; init; }

        /// <summary>Of an e-mail or SMS: one of the customer's addresses. Left out: the one they wrote from, or their primary one.</summary>
        [StringLength(254, MinimumLength = 1)] public string? To { get; init; }

        /// <summary>Of an e-mail; left out: the conversation's.</summary>
        [StringLength(500, MinimumLength = 1)] public string? Subject { get; init; }

        /// <summary>Files that were uploaded before.</summary>
        [MaxLength(ConversationRules.MostAttachments)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];

        /// <summary>`agent`, or `bot` for a program that says that it is one.</summary>
        public EntryAuthor Author { get; init; } = EntryAuthor.Agent;

        /// <summary>What a bot is called.</summary>
        [StringLength(200, MinimumLength = 1)] public string? AuthorName { get; init; }

        /// <summary>When it was said, if it was said elsewhere: with <c>Crm-Quiet: true</c> it is written down and not sent.</summary>
        public DateTimeOffset? OccurredAt { get; init; }

        /// <summary>The system it comes from; with <see cref="ExternalId"/> it is taken only once.</summary>
        [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

        [StringLength(200, MinimumLength = 1)] public string? ExternalId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Author is not (EntryAuthor.Agent or EntryAuthor.Bot)) yield return new BrokenRule("value_invalid", "An agent or a bot answers.", nameof(Author));
            if (Source is null != ExternalId is null) yield return new BrokenRule("both_needed", "A source and an external_id belong together.", nameof(ExternalId));
        }
    }

    internal static async Task<Created<ConversationEntry>> Handle([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, Request request, ConversationWriter writer, ReadMarks marks, CancellationToken ct)
    {
        var entry = await writer.AppendAsync(conversationId, new NewEntry
        {
            Author = request.Author,
            AuthorName = request.Author == EntryAuthor.Bot ? request.AuthorName : null,
            Text = request.Text,
            Channel = request.Channel,
            ChannelId = request.ChannelId,
            To = request.To,
            Subject = request.Subject,
            Attachments = request.AttachmentIds,
            OccurredAt = request.OccurredAt,
            Source = request.Source,
            ExternalId = request.ExternalId,
        }, ct);
        await marks.MarkAsync(entry.ConversationId, entry.Number, ct);
        return TypedResults.Created($"/v1/conversations/{conversationId}/entries/{entry.Id}", entry);
    }
}
