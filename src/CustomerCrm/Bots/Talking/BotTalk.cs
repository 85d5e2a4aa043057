using System.Globalization;
using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>
/// How a bot goes on with a message. Pure: what has to be looked up is asked for in the move, and told to <see cref="GoOn"/>. In this order: a word that asks for a person; a message
/// that is being taken; the answer to an open question; what was recognised; what was not.
/// </summary>
internal static class BotTalk
{
    public static BotMove Hear(BotFlow flow, BotState state, string message, BotFacts facts)
    {
        var turn = new FlowTurn(flow, message, facts);
        var move = Introduced(new BotMove { State = state }, turn);
        if (HumanWords.In(message) is { } word) return HandingOver.Do(move.Because("human_word", $"“{word}” asks for a person."), null, "asked", facts);
        if (state.TakesMessage)
            return (move with { State = move.State with { TakesMessage = false }, Outcome = BotOutcome.MessageTaken }).Because("end", "The message was taken; it waits in the queue.").Say(BotLanguages.Of(state.Locale).MessageTaken);
        return state.Waiting is { } waiting ? OpenQuestion.Answer(move, turn, waiting) : Recognition.Of(move, turn);
    }

    /// <summary>With what was looked up.</summary>
    public static BotMove GoOn(BotFlow flow, BotMove move, string message, BotFinding found, BotFacts facts)
    {
        var turn = new FlowTurn(flow, message, facts);
        var step = flow.Steps.FirstOrDefault(one => one.Name == move.NeededBy);
        move = move with { Need = null, NeededBy = null };
        if (found.Lines.Count > 0)
        {
            move = (move with { State = move.State with { Misses = 0 } }).Because("found", string.Join(" ", found.Lines));
            move = found.Lines.Aggregate(move, (so, line) => so.Say(line));
            return FlowRun.At(move, turn, step?.Found ?? OpenQuestion.Helpful);
        }
        move = move.Because("not_found", "Nothing was found.");
        if (step is null) return Recognition.Missed(move, turn);
        if (step.NotFound is { } other) return FlowRun.At(move, turn, other);
        return HandingOver.Do(step.Do == StepKind.OrderStatus ? move.Say(BotLanguages.Of(move.State.Locale).OrderNotFound) : move, null, "failed", facts);
    }

    /// <summary>It has looked things up too often for one message.</summary>
    public static BotMove GiveUp(BotMove move, BotFacts facts) => HandingOver.Do(move with { Need = null, NeededBy = null }, null, "failed", facts);

    private static BotMove Introduced(BotMove move, FlowTurn turn)
    {
        if (move.State.IsIntroduced) return move;
        var said = (move with { State = move.State with { IsIntroduced = true } }).Say(string.Format(CultureInfo.InvariantCulture, BotLanguages.Of(move.State.Locale).Introduction, turn.Facts.BotName));
        return turn.Flow.Introduction is { } introduction ? said.Say(turn.Written(introduction, said.State)) : said;
    }
}
