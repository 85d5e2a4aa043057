using System.ComponentModel.DataAnnotations;
using CustomerCrm.Attachments;
using CustomerCrm.Channels;
using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tickets.Presence;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tickets.Talking;

/// <summary>POST /tickets/{ticket_id}/replies: the customer is answered. POST /tickets/{ticket_id}/notes: only the tenant's own people read it.</summary>
public static class ReplyToTicket
{
    public sealed record Request
    {
        /// <example>Your parcel left our house today; here is its number.</example>
        [StringLength(50_000, MinimumLength = 1)] public required string Text { get; init; }

        /// <summary>Where it goes out; left out, where the customer wrote last.</summary>
        public InteractionChannel? Channel { get; init; }

        /// <summary>One of the tenant's own channels.</summary>
        public Id<Channel>? ChannelId { get; init; }

        /// <summary>Files that were uploaded.</summary>
        [MaxLength(20)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];

        /// <summary>The <c>number</c> of the last entry that whoever answers has read: <c>last_entry_number</c> of the ticket. If the customer wrote after it, nothing is sent.</summary>
        /// <example>7</example>
        [Range(0, int.MaxValue)] public int? LastSeenNumber { get; init; }

        /// <summary>Changes the ticket along with the answer: solved, pending, another assignee.</summary>
        public TicketChange? Change { get; init; }
    }

    public sealed record Note
    {
        /// <example>The supplier says Thursday.</example>
        [StringLength(50_000, MinimumLength = 1)] public required string Text { get; init; }

        /// <summary>Users who are to find it among their mentions.</summary>
        [MaxLength(50)] public IReadOnlyList<Id<User>> MentionIds { get; init; } = [];

        [MaxLength(20)] public IReadOnlyList<Id<Attachment>> AttachmentIds { get; init; } = [];
    }

    /// <summary>What was said, the ticket as it is now, and who else is at it.</summary>
    public sealed record Answer
    {
        public required ConversationEntry Entry { get; init; }
        public required Ticket Ticket { get; init; }

        /// <summary>Others who have the ticket before them now.</summary>
        [MaxLength(TicketPresence.MostShown)] public required IReadOnlyList<TicketViewer> Others { get; init; }

        /// <summary>Numbers of the customer's messages that came after what this user has read: it was answered without them.</summary>
        [MaxLength(SeenCheck.MostMissed)] public required IReadOnlyList<int> MissedNumbers { get; init; }
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Request request, TenantDb db, TicketWriter writer, TicketPresence presence, SeenCheck seen, CancellationToken ct)
    {
        var entry = await writer.ReplyAsync(ticketId, new NewEntry
        {
            Author = EntryAuthor.Agent, Text = request.Text, Channel = request.Channel, ChannelId = request.ChannelId, Attachments = request.AttachmentIds,
        }, ct);
        if (request.LastSeenNumber is { } number) await seen.RefuseAsync(entry.ConversationId, number, ct);
        var missed = await seen.MissedAsync(entry.ConversationId, null, ct);
        var ticket = request.Change is { } change ? await writer.ChangeAsync(ticketId, change, ct) : await Ticket.FindAsync(ticketId, db, ct);
        return new Answer { Entry = entry, Ticket = ticket, Others = await presence.OthersAsync(ticketId, ct), MissedNumbers = missed };
    }

    internal static Task<ConversationEntry> HandleNote([FromRoute(Name = "ticket_id")] Id<Ticket> ticketId, Note request, TicketWriter writer, CancellationToken ct) => writer.ReplyAsync(ticketId, new NewEntry
    {
        Kind = EntryKind.Note, Author = EntryAuthor.Agent, Text = request.Text, Mentions = request.MentionIds, Attachments = request.AttachmentIds,
    }, ct);
}
