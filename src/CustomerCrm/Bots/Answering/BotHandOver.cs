using System.Globalization;
using System.Text;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Teams;

namespace CustomerCrm.Bots.Answering;

/// <summary>Gives a conversation to people: into a queue, with a note that says all that the bot has learnt, and as a ticket, where the flow wishes so.</summary>
internal sealed class BotHandOver(TenantDb db, ConversationWriter conversations, BotTickets tickets, EventLog events)
{
    private const int MostLines = 30, LongestLine = 300;

    public async Task DoAsync(Conversation conversation, ChosenBot bot, Id<BotSession> talkId, BotMove move, CancellationToken ct)
    {
        Line[] said = [.. (await db.QueryTopAsync<Line>(Said, MostLines, new { ConversationId = conversation.Id }, ct)).Reverse()];
        await conversations.AppendAsync(conversation.Id, new NewEntry { Kind = EntryKind.Note, Author = EntryAuthor.Bot, AuthorName = bot.Name, Text = NoteOf(move, said) }, ct);
        var teamId = await TeamAsync(bot.Flow, move, ct);
        var current = await Conversation.FindAsync(conversation.Id, db, ct);
        if (teamId is not null && current.TeamId is null) await conversations.ChangeAsync(current, current with { TeamId = teamId }, ct);
        var asked = said.FirstOrDefault(line => line.Author == EntryAuthor.Customer && !string.IsNullOrWhiteSpace(line.Text))?.Text;
        var ticketId = await tickets.OpenAsync(current, bot, move, current.TeamId ?? teamId, asked is null ? null : Short(asked), ct);
        events.Record("bot.handed_over", BotNews.Of(bot.Id, talkId, conversation, move, ticketId), conversation.CustomerId.Value);
    }

    // The queue that the step names, else the flow's; none, where that team is gone.
    private async Task<Id<Team>?> TeamAsync(BotFlow flow, BotMove move, CancellationToken ct) =>
        (flow.Steps.FirstOrDefault(step => step.Name == move.HandedOverBy)?.TeamId ?? flow.TeamId) is { } team && await db.FindAsync<int?>(HasTeam, new { TeamId = team }, ct) is not null ? team : null;

    /// <summary>Pure: what an agent must know to ask nothing twice.</summary>
    internal static string NoteOf(BotMove move, IReadOnlyList<Line> said)
    {
        var note = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Handed over by the bot: {move.Reason}.");
        if (move.Outcome == BotOutcome.MessageTaken) note.Append(" Out of hours: the customer was asked for a message.");
        if (move.State.Intent is { } intent) note.Append(CultureInfo.InvariantCulture, $"\nWanted: {intent}");
        foreach (var (slot, value) in move.State.Slots.OrderBy(slot => slot.Key, StringComparer.Ordinal)) note.Append(CultureInfo.InvariantCulture, $"\n{slot}: {value}");
        note.Append("\n\nWhat was said:");
        foreach (var line in said) note.Append(CultureInfo.InvariantCulture, $"\n{(line.Author == EntryAuthor.Customer ? "Customer" : "Bot")}: {Short(line.Text)}");
        return note.ToString();
    }

    private static string Short(string? text) => (text ?? "").ReplaceLineEndings(" ").Shortened(LongestLine);

    internal sealed record Line
    {
        public required EntryAuthor Author { get; init; }
        public string? Text { get; init; }
    }

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT e.Author, i.Body AS Text
        FROM ConversationEntries e
        JOIN Interactions i ON i.TenantId = @TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
          AND e.Author IN (1, 3)
        ORDER BY e.Number DESC
        """);

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");
}
