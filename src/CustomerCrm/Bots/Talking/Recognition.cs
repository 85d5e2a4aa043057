using System.Globalization;

namespace CustomerCrm.Bots.Talking;

/// <summary>What a customer wants, by what they wrote, and what is done where that is not known. Pure.</summary>
internal static class Recognition
{
    private const int MostCompared = 5;

    public static BotMove Of(BotMove move, FlowTurn turn)
    {
        var scores = IntentMatch.Of(turn.Message, turn.Flow);
        move = Compared(move, scores);
        if (scores is [var best, ..] && best.Score >= IntentMatch.Least) return Start(move, turn, best);
        move = move.Because("no_intent", scores is [var near, ..] ? $"The nearest is {near.Intent} with {Number(near.Score)}, and {Number(IntentMatch.Least)} is needed." : "No intent has a word of it.");
        move = move with { IsUnrecognised = true, State = move.State with { Intent = null } };
        if (turn.Flow.Fallback is { } fallback) return FlowRun.At(move, turn, fallback);
        return move.Because("step", "The articles are searched for it.") with { Need = new BotNeed(IsOrder: false, turn.Message) };
    }

    /// <summary>Begins with an intent, and with what its pattern says.</summary>
    public static BotMove Start(BotMove move, FlowTurn turn, IntentScore best)
    {
        move = (move with { Intent = best.Intent, Score = best.Score, State = move.State with { Intent = best.Intent, Misses = 0, Tries = 0 } }).Because("intent",
            $"{best.Intent} with {Number(best.Score)}, by the {best.By} {best.Matched}{(best.Words.Count == 0 ? "" : $" ({string.Join(", ", best.Words)})")}.");
        // What was asked for another wish is asked again.
        foreach (var (name, text) in best.Slots)
            if (SlotReading.Read(turn.Slot(name), text) is { } value) move = move.Fill(name, value).Because("slot", $"{name} is {value}, from the pattern.");
        return FlowRun.At(move, turn, turn.Flow.Intents.First(one => one.Name == best.Intent).Step);
    }

    /// <summary>Nothing was recognised and no article has it: it asks again, and then gives way.</summary>
    public static BotMove Missed(BotMove move, FlowTurn turn)
    {
        move = move with { State = move.State with { Misses = move.State.Misses + 1 } };
        return move.State.Misses > turn.Flow.MaxMisses ? HandingOver.Do(move, null, "not_understood", turn.Facts) : move.Say(BotLanguages.Of(move.State.Locale).NotUnderstood);
    }

    private static BotMove Compared(BotMove move, IReadOnlyList<IntentScore> scores) =>
        scores.Take(MostCompared).Aggregate(move, (so, score) => so.Because(score.By == "pattern" ? "pattern" : "compared", $"{score.Intent}: {Number(score.Score)} by the {score.By} {score.Matched} ({string.Join(", ", score.Words)})."));

    private static string Number(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);
}
