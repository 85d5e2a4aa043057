using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using CustomerCrm.Attachments;
using CustomerCrm.Platform.Data;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Conversations.Entries;

/// <summary>POST /conversations/{conversation_id}/notes: for the tenant's own people. No customer ever sees it.</summary>
public static partial class WriteInternalNote
{
    /// <example>{"text":"The carrier says that it is lost."}</example>
    public sealed record Request
    {
        /// <summary>A user's id behind an @ mentions that user, as <see cref="Mentions"/> does.</summary>
        /// <example>The carrier says that it is lost.</example>
        [StringLength(20_000, MinimumLength = 1)] public required string Text { get; init; }

        /// <summary>Users who are to find it among their mentions.</summary>
        [MaxLength(ConversationRules.MostMentions)] public IReadOnlyList<Id<User>> Mentions { get; init; } = [];

        /// <summary>Files that were uploaded before.</summary>
        [MaxLength(ConversationRules.MostAttachments)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];
    }

    internal static async Task<Created<ConversationEntry>> Handle([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, Request request, ConversationWriter writer, ReadMarks marks, CancellationToken ct)
    {
        var entry = await writer.AppendAsync(conversationId, new NewEntry
        {
            Kind = EntryKind.Note, Author = EntryAuthor.Agent, Text = request.Text, Mentions = [.. request.Mentions.Concat(Named(request.Text)).Distinct().Take(ConversationRules.MostMentions)], Attachments = request.AttachmentIds,
        }, ct);
        await marks.MarkAsync(conversationId, entry.Number, ct);
        return TypedResults.Created($"/v1/conversations/{conversationId}/entries/{entry.Id}", entry);
    }

    /// <summary>The users whose ids stand in a text behind an @. Pure.</summary>
    internal static IEnumerable<Id<User>> Named(string text)
    {
        foreach (Match match in UserIds().Matches(text))
            if (Id<User>.TryRead(match.Groups[1].Value, out var id)) yield return id;
    }

    [GeneratedRegex("@(usr_[0-7][0-9a-hjkmnp-tv-z]{25})\\b")]
    private static partial Regex UserIds();
}
