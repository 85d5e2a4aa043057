using System.Globalization;
using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>
/// How a bot goes on with a message. Pure: what has to be looked up is asked for in the move, and told to <see cref="GoOn"/>. In this order: a word that asks for a person; a message
/// that is being taken; the answer to an open question; what was recognised; what was not.
/// </summary>
internal static class BotTalk
{
    /// <summary>The question whether it helped, where the flow has no step for it.</summary>
    private const string Helpful = "$helpful";

    private const double Switches = 0.85; // so sure of another wish that an open question is left

    public static BotMove Hear(BotFlow flow, BotState state, string message, BotFacts facts)
    {
        var move = new BotMove { State = state };
        var texts = BotLanguages.Of(state.Locale);
        if (!state.IsIntroduced)
        {
            move = Say(move with { State = state with { IsIntroduced = true } }, string.Format(CultureInfo.InvariantCulture, texts.Introduction, facts.BotName));
            if (flow.Introduction is { } introduction) move = Say(move, Written(introduction, flow, move.State));
        }
        if (HumanWords.In(message) is { } word) return HandOver(Because(move, "human_word", $"“{word}” asks for a person."), flow, null, "asked", facts);
        if (state.TakesMessage)
            return Say(Because(move with { State = move.State with { TakesMessage = false }, Outcome = BotOutcome.MessageTaken }, "end", "The message was taken; it waits in the queue."), texts.MessageTaken);
        return state.Waiting is { } waiting ? Answered(move, flow, waiting, message, facts) : Recognise(move, flow, message, facts);
    }

    /// <summary>With what was looked up.</summary>
    public static BotMove GoOn(BotFlow flow, BotMove move, string message, BotFinding found, BotFacts facts)
    {
        var step = flow.Steps.FirstOrDefault(one => one.Name == move.NeededBy);
        move = move with { Need = null, NeededBy = null };
        if (found.Lines.Count > 0)
        {
            move = Because(move with { State = move.State with { Misses = 0 } }, "found", string.Join(" ", found.Lines));
            foreach (var line in found.Lines) move = Say(move, line);
            return step?.Found is { } next ? Run(move, flow, next, message, facts) : Run(move, flow, Helpful, message, facts);
        }
        move = Because(move, "not_found", "Nothing was found.");
        if (step is null) return Missed(move, flow, facts);
        if (step.NotFound is { } other) return Run(move, flow, other, message, facts);
        var said = step.Do == StepKind.OrderStatus ? Say(move, BotLanguages.Of(move.State.Locale).OrderNotFound) : move;
        return HandOver(said, flow, null, "failed", facts);
    }

    /// <summary>It has looked things up too often for one message.</summary>
    public static BotMove GiveUp(BotFlow flow, BotMove move, BotFacts facts) => HandOver(move with { Need = null, NeededBy = null }, flow, null, "failed", facts);

    private static BotMove Answered(BotMove move, BotFlow flow, string waiting, string message, BotFacts facts)
    {
        var step = flow.Steps.FirstOrDefault(one => one.Name == waiting);
        move = move with { State = move.State with { Waiting = null } };
        if (waiting == Helpful || step is { Do: StepKind.AskHelpful })
        {
            if (SlotReading.YesNo(message) is not { } isHelpful) return Recognise(move, flow, message, facts); // they went on to something else
            move = Because(move with { IsHelpful = isHelpful }, "helpful", isHelpful ? "It helped." : "It did not help.");
            if (isHelpful) return step?.Yes is { } yes ? Run(move, flow, yes, message, facts) : End(Say(move, BotLanguages.Of(move.State.Locale).Glad));
            return step?.No is { } no ? Run(move, flow, no, message, facts) : HandOver(move, flow, null, "not_helpful", facts);
        }
        // Another flow was published while the question was open.
        if (step is not { Do: StepKind.Ask }) return Recognise(Because(move, "step", $"{waiting} asks nothing any more."), flow, message, facts);
        var slot = flow.Slots.First(one => one.Name == step.Slot);
        if (SlotReading.Read(slot, message) is { } value)
        {
            move = Because(Fill(move, slot.Name, value) with { Asked = [.. move.Asked, step.Name] }, "slot", $"{slot.Name} is {value}.");
            return Next(move with { State = move.State with { Tries = 0, Misses = 0 } }, flow, step.Next, message, facts);
        }
        if (IntentMatch.Of(message, flow) is [var other, ..] && other.Score >= Switches && other.Intent != move.State.Intent) return Start(move, flow, other, message, facts);
        if (move.State.Tries + 1 >= slot.MaxTries)
        {
            move = Because(move with { State = move.State with { Tries = 0 } }, "slot", $"{slot.Name} could not be read as {WireName.Of(slot.Type)}, for the last time.");
            return step.Failed is { } failed ? Run(move, flow, failed, message, facts) : HandOver(move, flow, null, "failed", facts);
        }
        move = Because(move with { State = move.State with { Tries = move.State.Tries + 1, Waiting = step.Name } }, "slot", $"{slot.Name} could not be read as {WireName.Of(slot.Type)}.");
        return Say(Say(move, BotLanguages.Of(move.State.Locale).TryAgain), Asked(step, slot, flow, move.State));
    }

    private static BotMove Recognise(BotMove move, BotFlow flow, string message, BotFacts facts)
    {
        var scores = IntentMatch.Of(message, flow);
        if (scores is [var best, ..] && best.Score >= IntentMatch.Least) return Start(Compared(move, scores), flow, best, message, facts);
        move = Because(Compared(move, scores), "no_intent", scores is [var near, ..] ? $"The nearest is {near.Intent} with {Number(near.Score)}, and {Number(IntentMatch.Least)} is needed." : "No intent has a word of it.");
        move = move with { IsUnrecognised = true, State = move.State with { Intent = null } };
        if (flow.Fallback is { } fallback) return Run(move, flow, fallback, message, facts);
        return Because(move, "step", "The articles are searched for it.") with { Need = new BotNeed(IsOrder: false, message) };
    }

    private static BotMove Start(BotMove move, BotFlow flow, IntentScore best, string message, BotFacts facts)
    {
        move = Because(move with { Intent = best.Intent, Score = best.Score, State = move.State with { Intent = best.Intent, Misses = 0, Tries = 0 } }, "intent",
            $"{best.Intent} with {Number(best.Score)}, by the {best.By} {best.Matched}{(best.Words.Count == 0 ? "" : $" ({string.Join(", ", best.Words)})")}.");
        // What was asked for another wish is asked again.
        var intent = flow.Intents.First(one => one.Name == best.Intent);
        foreach (var (name, text) in best.Slots)
            if (SlotReading.Read(flow.Slots.First(slot => slot.Name == name), text) is { } value) move = Because(Fill(move, name, value), "slot", $"{name} is {value}, from the pattern.");
        return Run(move, flow, intent.Step, message, facts);
    }

    private static BotMove Missed(BotMove move, BotFlow flow, BotFacts facts)
    {
        move = move with { State = move.State with { Misses = move.State.Misses + 1 } };
        return move.State.Misses > flow.MaxMisses
            ? HandOver(move, flow, null, "not_understood", facts)
            : Say(move, BotLanguages.Of(move.State.Locale).NotUnderstood);
    }

    // Checked flows cannot go round without a question, and a question is passed over once in a message at most, so this ends.
    private static BotMove Run(BotMove move, BotFlow flow, string name, string message, BotFacts facts)
    {
        if (name == Helpful) return Say(Because(move with { State = move.State with { Waiting = Helpful } }, "step", "It asks whether that helped."), BotLanguages.Of(move.State.Locale).DidThatHelp);
        var step = flow.Steps.First(one => one.Name == name);
        move = Because(move, "step", $"{step.Name} ({WireName.Of(step.Do)}).");
        if (step is { Say: { } said, Do: not StepKind.Ask and not StepKind.AskHelpful }) move = Say(move, Written(said, flow, move.State));
        return step.Do switch
        {
            StepKind.Say => Next(move, flow, step.Next, message, facts),
            StepKind.Ask => Ask(move, flow, step, message, facts),
            StepKind.Branch => Branch(move, flow, step, message, facts),
            StepKind.SearchArticles => move with { Need = new BotNeed(IsOrder: false, step.Slot is { } slot ? move.State.Slots.GetValueOrDefault(slot, message) : message), NeededBy = step.Name },
            StepKind.OrderStatus => OrderStatus(move, flow, step, message, facts),
            StepKind.AskHelpful => Say(move with { State = move.State with { Waiting = step.Name } }, step.Say is { } question ? Written(question, flow, move.State) : BotLanguages.Of(move.State.Locale).DidThatHelp),
            StepKind.HandOver => HandOver(move, flow, step, "flow", facts),
            _ => End(move),
        };
    }

    private static BotMove Next(BotMove move, BotFlow flow, string? next, string message, BotFacts facts) => next is null ? End(move) : Run(move, flow, next, message, facts);

    // What is known is not asked for; but who comes round to the same question with it was not helped by it, and is asked again.
    private static BotMove Ask(BotMove move, BotFlow flow, BotStep step, string message, BotFacts facts)
    {
        var slot = flow.Slots.First(one => one.Name == step.Slot);
        return move.State.Slots.ContainsKey(slot.Name) && !move.Asked.Contains(step.Name)
            ? Next(Because(move with { Asked = [.. move.Asked, step.Name] }, "slot", $"{slot.Name} is known already."), flow, step.Next, message, facts)
            : Say(move with { State = move.State with { Waiting = step.Name, Tries = 0 } }, Asked(step, slot, flow, move.State));
    }

    private static BotMove Branch(BotMove move, BotFlow flow, BotStep step, string message, BotFacts facts)
    {
        var chosen = step.Cases.FirstOrDefault(one => FlowCases.Holds(one, move.State, facts));
        return chosen is null ? Run(Because(move, "branch", "No case holds."), flow, step.Otherwise!, message, facts)
            : Run(Because(move, "branch", $"{chosen.Field} is {FlowCases.ValueOf(chosen.Field, move.State, facts) ?? "not set"}: {WireName.Of(chosen.Is)} {chosen.Value}."), flow, chosen.Next, message, facts);
    }

    private static BotMove OrderStatus(BotMove move, BotFlow flow, BotStep step, string message, BotFacts facts)
    {
        if (facts.IsIdentified) return move with { Need = new BotNeed(IsOrder: true, step.Slot is { } slot ? move.State.Slots.GetValueOrDefault(slot) : null), NeededBy = step.Name };
        move = Because(move, "not_identified", "Orders are told only to who has proven to be the customer.");
        return step.NotIdentified is { } other ? Run(move, flow, other, message, facts)
            : HandOver(Say(move, BotLanguages.Of(move.State.Locale).NotIdentified), flow, null, "not_identified", facts);
    }

    private static BotMove HandOver(BotMove move, BotFlow flow, BotStep? step, string reason, BotFacts facts)
    {
        var texts = BotLanguages.Of(move.State.Locale);
        move = Because(move with { Reason = reason, HandedOverBy = step?.Name, State = move.State with { Waiting = null, TakesMessage = !facts.AreOpen } }, "hand_over", $"To a person: {reason}.");
        if (facts.AreOpen) return Say(move with { Outcome = BotOutcome.HandedOver }, texts.HandingOver);
        move = Because(move, "hours", facts.OpensAt is { } opens ? $"Nobody is there until {opens}." : "Nobody is there.");
        return Say(move with { Outcome = BotOutcome.MessageTaken }, facts.OpensAt is { } at ? string.Format(CultureInfo.InvariantCulture, texts.Closed, at) : texts.ClosedForNow);
    }

    private static BotMove End(BotMove move) => Because(move with { Outcome = BotOutcome.Resolved }, "end", "It came to the end.");

    private static BotMove Fill(BotMove move, string slot, string value) => move with { State = move.State with { Slots = new Dictionary<string, string>(move.State.Slots) { [slot] = value } } };

    private static BotMove Say(BotMove move, string text) => text.Length == 0 ? move : move with { Says = [.. move.Says, text] };

    private static BotMove Because(BotMove move, string kind, string detail) => move with { Why = [.. move.Why, new BotReason(kind, detail)] };

    private static BotMove Compared(BotMove move, IReadOnlyList<IntentScore> scores) =>
        scores.Take(5).Aggregate(move, (so, score) => Because(so, score.By == "pattern" ? "pattern" : "compared", $"{score.Intent}: {Number(score.Score)} by the {score.By} {score.Matched} ({string.Join(", ", score.Words)})."));

    private static string Asked(BotStep step, BotSlot slot, BotFlow flow, BotState state) =>
        Written(step.Say!, flow, state) + string.Concat(slot.Choices.Index().Select(one => string.Create(CultureInfo.InvariantCulture, $"\n{one.Index + 1}. {one.Item}")));

    private static string Written(IReadOnlyDictionary<string, string> text, BotFlow flow, BotState state)
    {
        var locale = Articles.Finding.ArticleLocales.Nearest(state.Locale, [.. text.Keys]) ?? flow.Locale;
        return FlowCheck.Placeholder().Replace(text[locale], slot => state.Slots.GetValueOrDefault(slot.Groups[1].Value, "…"));
    }

    private static string Number(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);
}
