using System.Globalization;
using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>Gives way to a person; where nobody is there, asks for a message. Pure.</summary>
internal static class HandingOver
{
    /// <param name="move">So far.</param>
    /// <param name="step">That says so; null: no step does.</param>
    /// <param name="reason">asked, not_understood, flow, not_helpful, not_identified, failed.</param>
    /// <param name="facts">Whether people are there.</param>
    public static BotMove Do(BotMove move, BotStep? step, string reason, BotFacts facts)
    {
        var texts = BotLanguages.Of(move.State.Locale);
        move = (move with { Reason = reason, HandedOverBy = step?.Name, State = move.State with { Waiting = null, TakesMessage = !facts.AreOpen } }).Because("hand_over", $"To a person: {reason}.");
        if (facts.AreOpen) return (move with { Outcome = BotOutcome.HandedOver }).Say(texts.HandingOver);
        move = move.Because("hours", facts.OpensAt is { } opens ? $"Nobody is there until {opens}." : "Nobody is there.") with { Outcome = BotOutcome.MessageTaken };
        return move.Say(facts.OpensAt is { } at ? string.Format(CultureInfo.InvariantCulture, texts.Closed, at) : texts.ClosedForNow);
    }
}
