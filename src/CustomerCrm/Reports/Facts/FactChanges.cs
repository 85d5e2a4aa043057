using System.Globalization;
using CustomerCrm.Reports.Days;

namespace CustomerCrm.Reports.Facts;

/// <summary>Pure: which days are other than they were counted, because a ticket's facts are other than before.</summary>
internal static class FactChanges
{
    public static bool AreSame(TicketFacts one, TicketFacts other) =>
        TextOf(one.Ticket) == TextOf(other.Ticket) && one.Replies.Count == other.Replies.Count && one.Replies.OrderBy(reply => Convert.ToHexString(reply.Id), StringComparer.Ordinal).Select(TextOf)
            .SequenceEqual(other.Replies.OrderBy(reply => Convert.ToHexString(reply.Id), StringComparer.Ordinal).Select(TextOf));

    /// <returns>Each part with a moment of the day that is to be counted anew.</returns>
    public static IEnumerable<(DayPart Part, DateTimeOffset At)> Between(TicketFacts? before, TicketFacts? after)
    {
        if (OpenedOf(before) != OpenedOf(after))
            foreach (var facts in Of(before, after)) yield return (DayPart.Opened, facts.Ticket.OpenedAt);
        if (SolvedOf(before) != SolvedOf(after))
            foreach (var facts in Of(before, after))
                if (facts.Ticket.SolvedAt is { } at) yield return (DayPart.Solved, at);
        var (old, now) = (AnswersOf(before), AnswersOf(after));
        foreach (var at in old.Where(reply => now.GetValueOrDefault(reply.Key).Text != reply.Value.Text).Concat(now.Where(reply => old.GetValueOrDefault(reply.Key).Text != reply.Value.Text)).Select(reply => reply.Value.At).Distinct())
            yield return (DayPart.Answered, at);
    }

    private static IEnumerable<TicketFacts> Of(TicketFacts? before, TicketFacts? after) => new[] { before, after }.OfType<TicketFacts>();

    // Only what a day's part counts: who has it and what it is about is asked of the facts.
    private static (DateTimeOffset, bool)? OpenedOf(TicketFacts? facts) => facts is null ? null : (facts.Ticket.OpenedAt, facts.Ticket.SolvedAt is null);

    private static string? SolvedOf(TicketFacts? facts) => facts is not { Ticket: { SolvedAt: not null } ticket } ? null
        : string.Create(CultureInfo.InvariantCulture, $"{ticket.SolvedAt:O} {ticket.Replies} {ticket.Reopens} {ticket.IsPreemptive} {ticket.Seconds} {ticket.BusinessSeconds} {ticket.HandleSeconds}");

    private static Dictionary<string, (DateTimeOffset At, string? Text)> AnswersOf(TicketFacts? facts) => facts is null ? [] : facts.Replies.ToDictionary(
        reply => Convert.ToHexString(reply.Id), reply => (reply.RepliedAt, (string?)string.Create(CultureInfo.InvariantCulture, $"{reply.Cycle} {reply.RepliedAt:O} {reply.Seconds} {reply.BusinessSeconds}")));

    private static string TextOf(TicketFact fact) => string.Create(CultureInfo.InvariantCulture,
        $"{fact.TicketRevision} {fact.Channel} {Hex(fact.TopicId)} {Hex(fact.TeamId)} {Hex(fact.AgentId)} {fact.OpenedAt:O} {fact.OpenedHour} {fact.OpenedWeekHour} {fact.SolvedAt:O} {fact.Replies} {fact.BotReplies} {fact.Reopens} {fact.IsPreemptive} {fact.Seconds} {fact.BusinessSeconds} {fact.HandleSeconds}");

    private static string TextOf(ReplyFact fact) => string.Create(CultureInfo.InvariantCulture, $"{Hex(fact.Id)} {fact.Cycle} {Hex(fact.AgentId)} {fact.AskedAt:O} {fact.RepliedAt:O} {fact.Seconds} {fact.BusinessSeconds} {fact.HandleSeconds}");

    private static string Hex(byte[]? bytes) => bytes is null ? "-" : Convert.ToHexString(bytes);
}
