using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>Does the steps of a flow, up to one that asks or has something looked up. Pure. Checked flows cannot go round without a question, and a question is passed over once in a message at most, so this ends.</summary>
internal static class FlowRun
{
    public static BotMove At(BotMove move, FlowTurn turn, string name)
    {
        if (name == OpenQuestion.Helpful)
            return (move with { State = move.State with { Waiting = OpenQuestion.Helpful } }).Because("step", "It asks whether that helped.").Say(BotLanguages.Of(move.State.Locale).DidThatHelp);
        var step = turn.Step(name);
        move = move.Because("step", $"{step.Name} ({WireName.Of(step.Do)}).");
        if (step is { Say: { } said, Do: not StepKind.Ask and not StepKind.AskHelpful }) move = move.Say(turn.Written(said, move.State));
        return step.Do switch
        {
            StepKind.Say => After(move, turn, step.Next),
            StepKind.Ask => Ask(move, turn, step),
            StepKind.Branch => Branch(move, turn, step),
            StepKind.SearchArticles => move with { Need = new BotNeed(IsOrder: false, step.Slot is { } slot ? move.State.Slots.GetValueOrDefault(slot, turn.Message) : turn.Message), NeededBy = step.Name },
            StepKind.OrderStatus => OrderStatus(move, turn, step),
            StepKind.AskHelpful => (move with { State = move.State with { Waiting = step.Name } }).Say(step.Say is { } question ? turn.Written(question, move.State) : BotLanguages.Of(move.State.Locale).DidThatHelp),
            StepKind.HandOver => HandingOver.Do(move, step, "flow", turn.Facts),
            _ => move.End(),
        };
    }

    public static BotMove After(BotMove move, FlowTurn turn, string? next) => next is null ? move.End() : At(move, turn, next);

    // What is known is not asked for; but who comes round to the same question with it was not helped by it, and is asked again.
    private static BotMove Ask(BotMove move, FlowTurn turn, BotStep step)
    {
        var slot = turn.Slot(step.Slot);
        return move.State.Slots.ContainsKey(slot.Name) && !move.Asked.Contains(step.Name)
            ? After((move with { Asked = [.. move.Asked, step.Name] }).Because("slot", $"{slot.Name} is known already."), turn, step.Next)
            : (move with { State = move.State with { Waiting = step.Name, Tries = 0 } }).Say(turn.Asked(step, slot, move.State));
    }

    private static BotMove Branch(BotMove move, FlowTurn turn, BotStep step)
    {
        var chosen = step.Cases.FirstOrDefault(one => FlowCases.Holds(one, move.State, turn.Facts));
        return chosen is null ? At(move.Because("branch", "No case holds."), turn, step.Otherwise!)
            : At(move.Because("branch", $"{chosen.Field} is {FlowCases.ValueOf(chosen.Field, move.State, turn.Facts) ?? "not set"}: {WireName.Of(chosen.Is)} {chosen.Value}."), turn, chosen.Next);
    }

    private static BotMove OrderStatus(BotMove move, FlowTurn turn, BotStep step)
    {
        if (turn.Facts.IsIdentified) return move with { Need = new BotNeed(IsOrder: true, step.Slot is { } slot ? move.State.Slots.GetValueOrDefault(slot) : null), NeededBy = step.Name };
        move = move.Because("not_identified", "Orders are told only to who has proven to be the customer.");
        return step.NotIdentified is { } other ? At(move, turn, other) : HandingOver.Do(move.Say(BotLanguages.Of(move.State.Locale).NotIdentified), null, "not_identified", turn.Facts);
    }
}
