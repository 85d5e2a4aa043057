using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>What an answer to the bot's own question means: a slot's value, that it helped, or something else that the customer wants. Pure.</summary>
internal static class OpenQuestion
{
    /// <summary>The question whether it helped, where the flow has no step for it.</summary>
    public const string Helpful = "$helpful";

    private const double Switches = 0.85; // so sure of another wish that an open question is left

    public static BotMove Answer(BotMove move, FlowTurn turn, string waiting)
    {
        var step = turn.Flow.Steps.FirstOrDefault(one => one.Name == waiting);
        move = move with { State = move.State with { Waiting = null } };
        if (waiting == Helpful || step is { Do: StepKind.AskHelpful }) return Helped(move, turn, step);
        // Another flow was published while the question was open.
        return step is { Do: StepKind.Ask } ? Filled(move, turn, step) : Recognition.Of(move.Because("step", $"{waiting} asks nothing any more."), turn);
    }

    private static BotMove Helped(BotMove move, FlowTurn turn, BotStep? step)
    {
        if (SlotReading.YesNo(turn.Message) is not { } isHelpful) return Recognition.Of(move, turn); // they went on to something else
        move = (move with { IsHelpful = isHelpful }).Because("helpful", isHelpful ? "It helped." : "It did not help.");
        if (isHelpful) return step?.Yes is { } yes ? FlowRun.At(move, turn, yes) : move.Say(BotLanguages.Of(move.State.Locale).Glad).End();
        return step?.No is { } no ? FlowRun.At(move, turn, no) : HandingOver.Do(move, null, "not_helpful", turn.Facts);
    }

    private static BotMove Filled(BotMove move, FlowTurn turn, BotStep step)
    {
        var slot = turn.Slot(step.Slot);
        if (SlotReading.Read(slot, turn.Message) is { } value)
        {
            var filled = (move.Fill(slot.Name, value) with { Asked = [.. move.Asked, step.Name] }).Because("slot", $"{slot.Name} is {value}.");
            return FlowRun.After(filled with { State = filled.State with { Tries = 0, Misses = 0 } }, turn, step.Next);
        }
        if (IntentMatch.Of(turn.Message, turn.Flow) is [var other, ..] && other.Score >= Switches && other.Intent != move.State.Intent) return Recognition.Start(move, turn, other);
        return NotRead(move, turn, step, slot);
    }

    private static BotMove NotRead(BotMove move, FlowTurn turn, BotStep step, BotSlot slot)
    {
        var why = $"{slot.Name} could not be read as {WireName.Of(slot.Type)}";
        if (move.State.Tries + 1 >= slot.MaxTries)
        {
            move = (move with { State = move.State with { Tries = 0 } }).Because("slot", $"{why}, for the last time.");
            return step.Failed is { } failed ? FlowRun.At(move, turn, failed) : HandingOver.Do(move, null, "failed", turn.Facts);
        }
        move = (move with { State = move.State with { Tries = move.State.Tries + 1, Waiting = step.Name } }).Because("slot", $"{why}.");
        return move.Say(BotLanguages.Of(move.State.Locale).TryAgain).Say(turn.Asked(step, slot, move.State));
    }
}
