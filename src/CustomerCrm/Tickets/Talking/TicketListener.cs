using CustomerCrm.Conversations;
using CustomerCrm.Interactions;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Tickets.Settings;

namespace CustomerCrm.Tickets.Talking;

/// <summary>
/// Takes what is said in conversations to their tickets, in the same transaction: what the customer writes opens a ticket again, goes on to the one it went
/// into, or opens another; an e-mail opens the first, where the tenant wishes so.
/// </summary>
internal sealed class TicketListener(TenantDb db, TicketWriter tickets, ConversationWriter conversations, TicketTurn turn, EventLog events, TimeProvider clock) : IConversationWatcher
{
    private const int LongestChain = 100, LongestSubject = 500, LongestNote = 4000;

    public async Task AppendedAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct)
    {
        if (events.IsQuiet || entry.Kind != EntryKind.Message || entry.IsAutomatic) return;
        if (entry.Author == EntryAuthor.Customer && !turn.IsOpening) await HeardAsync(conversation, entry, ct);
        if (entry.Author == EntryAuthor.Agent) await AnsweredAsync(conversation, entry, ct);
    }

    private async Task HeardAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct)
    {
        var settings = await TicketSettings.ReadAsync(db, ct);
        if (await LatestAsync(conversation.Id, ct) is not { } latest)
        {
            if (settings.OpensFromEmail && entry.Channel == InteractionChannel.Email) await OpenAsync(conversation, entry, null, ct);
            return;
        }
        var ticket = await ResolvedAsync(latest, ct);
        if (TicketTalk.IsOver(ticket, settings, clock.GetUtcNow()))
        {
            await OpenAsync(conversation, entry, ticket, ct);
            return;
        }
        if (ticket.Id != latest.Id && ticket.ConversationId is { } there && there != conversation.Id) await TellAsync(there, latest, entry, ct);
        await tickets.HeardAsync(ticket.Id, entry, ct);
    }

    private async Task AnsweredAsync(Conversation conversation, ConversationEntry entry, CancellationToken ct)
    {
        if (await LatestAsync(conversation.Id, ct) is { } latest) await tickets.AnsweredAsync((await ResolvedAsync(latest, ct)).Id, entry, ct);
    }

    private Task<Ticket> OpenAsync(Conversation conversation, ConversationEntry entry, Ticket? follows, CancellationToken ct) => tickets.OpenAsync(new NewTicket
    {
        CustomerId = conversation.CustomerId,
        ConversationId = conversation.Id,
        Subject = follows?.Subject ?? SubjectOf(conversation, entry),
        Channel = entry.Channel ?? conversation.Channel,
        Type = follows?.Type ?? TicketType.Question,
        Priority = follows?.Priority ?? TicketPriority.Normal,
        TeamId = follows?.TeamId ?? conversation.TeamId,
        AssigneeId = follows is null ? conversation.AssigneeId : null,
        Language = follows?.Language,
        FollowsId = follows?.Id,
        CustomerRepliedAt = entry.OccurredAt,
        Origin = follows is null ? new TicketOrigin("conversation", conversation.Id.ToString()) : new TicketOrigin("ticket", follows.Id.ToString()),
    }, ct);

    // Where agents work now they read what was written elsewhere.
    private async Task TellAsync(Id<Conversation> there, Ticket merged, ConversationEntry entry, CancellationToken ct)
    {
        var text = (entry.Shown ?? "").Beginning(LongestNote);
        await conversations.AppendAsync(there, new NewEntry { Kind = EntryKind.Note, Author = EntryAuthor.System, Text = $"The customer of ticket #{merged.Number}, which went into this one, has written:\n\n{text}" }, ct);
    }

    private async Task<Ticket> ResolvedAsync(Ticket ticket, CancellationToken ct)
    {
        for (var i = 0; i < LongestChain && ticket.MergedIntoId is { } into && await db.FindAsync<Ticket>(ById, new { TicketId = into }, ct) is { } target; i++) ticket = target;
        return ticket;
    }

    private async Task<Ticket?> LatestAsync(Id<Conversation> conversationId, CancellationToken ct) =>
        await db.QueryTopAsync<Ticket>(Latest, 1, new { ConversationId = conversationId }, ct) is [var ticket] ? ticket : null;

    private static string SubjectOf(Conversation conversation, ConversationEntry entry) => SubjectOf(entry.Subject ?? conversation.Subject ?? entry.Shown);

    /// <summary>What a ticket is called that begins with these words.</summary>
    internal static string SubjectOf(string? said) => (said ?? "").Trim().Split('\n')[0].Trim() is { Length: > 0 } text ? text.Beginning(LongestSubject) : "Without a subject";

    private static readonly TenantSql Latest = Ticket.Matching.Then("AND t.ConversationId = @ConversationId ORDER BY t.Number DESC");

    private static readonly TenantSql ById = Ticket.Matching.Then("AND t.Id = @TicketId");
}
