using System.Text.RegularExpressions;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Bots.Flow;

/// <summary>What is wrong with a flow, by its place. Pure; a flow that gets through never loses a customer.</summary>
internal static partial class FlowCheck
{
    private static readonly string[] fields = ["customer.is_identified", "customer.language", "channel", "hours.are_open"];

    /// <param name="flow">As it was sent.</param>
    /// <param name="at">Where it stands in the body.</param>
    public static IReadOnlyList<FieldError> WrongWith(BotFlow flow, string at)
    {
        var formal = RequestRules.ErrorsOf(flow).Select(error => error with { Pointer = at + error.Pointer }).ToArray();
        if (formal.Length > 0) return formal;
        FieldError[] wrong = [.. Names(flow), .. Intents(flow), .. Slots(flow), .. Steps(flow), .. TextErrors("/introduction", flow.Introduction, flow)];
        return [.. (wrong.Length > 0 ? wrong : [.. FlowPaths.WrongWith(flow)]).Select(error => error with { Pointer = at + error.Pointer })];
    }

    private static IEnumerable<FieldError> Names(BotFlow flow)
    {
        foreach (var (list, names) in new[] { ("intents", flow.Intents.Select(one => one.Name)), ("slots", flow.Slots.Select(one => one.Name)), ("steps", flow.Steps.Select(one => one.Name)) })
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (i, name) in names.Index())
                if (!seen.Add(name)) yield return new FieldError($"/{list}/{i}/name", "duplicate", $"There is another one called {name}.");
        }
        if (flow.Fallback is { } fallback && flow.Steps.All(step => step.Name != fallback)) yield return new FieldError("/fallback", "unknown_step", $"There is no step {fallback}.");
    }

    private static IEnumerable<FieldError> Intents(BotFlow flow)
    {
        foreach (var (i, intent) in flow.Intents.Index())
        {
            if (intent.Phrases.Count + intent.Patterns.Count == 0) yield return new FieldError($"/intents/{i}/phrases", "required", "Say how people say it: phrases, patterns, or both.");
            if (flow.Steps.All(step => step.Name != intent.Step)) yield return new FieldError($"/intents/{i}/step", "unknown_step", $"There is no step {intent.Step}.");
            foreach (var (j, phrase) in intent.Phrases.Index())
                if (phrase.Length is 0 or > 200 || string.IsNullOrWhiteSpace(phrase)) yield return new FieldError($"/intents/{i}/phrases/{j}", "too_long", "A phrase has 1 to 200 characters.");
            foreach (var (j, pattern) in intent.Patterns.Index())
            {
                if (FlowPatterns.WhyNot(pattern) is { } why) yield return new FieldError($"/intents/{i}/patterns/{j}", "pattern_invalid", why);
                else if (FlowPatterns.Of(pattern).GetGroupNames().FirstOrDefault(name => !char.IsAsciiDigit(name[0]) && flow.Slots.All(slot => slot.Name != name)) is { } group)
                    yield return new FieldError($"/intents/{i}/patterns/{j}", "unknown_slot", $"There is no slot {group} for the group of this name.");
            }
        }
    }

    private static IEnumerable<FieldError> Slots(BotFlow flow)
    {
        foreach (var (i, slot) in flow.Slots.Index())
        {
            if (slot.Type == SlotType.Choice && slot.Choices.Count < 2) yield return new FieldError($"/slots/{i}/choices", "too_few", "Between at least two one can choose.");
            if (slot.Type != SlotType.Choice && slot.Choices.Count > 0) yield return new FieldError($"/slots/{i}/choices", "not_wanted", "Only the type choice has choices.");
            foreach (var (j, choice) in slot.Choices.Index())
                if (choice.Length is 0 or > 100 || string.IsNullOrWhiteSpace(choice)) yield return new FieldError($"/slots/{i}/choices/{j}", "too_long", "A choice has 1 to 100 characters.");
        }
    }

    private static IEnumerable<FieldError> Steps(BotFlow flow)
    {
        foreach (var (i, step) in flow.Steps.Index())
        {
            foreach (var (member, target) in step.Targets)
                if (flow.Steps.All(one => one.Name != target)) yield return new FieldError($"/steps/{i}/{member}", "unknown_step", $"There is no step {target}.");
            if (step.Slot is { } slot && flow.Slots.All(one => one.Name != slot)) yield return new FieldError($"/steps/{i}/slot", "unknown_slot", $"There is no slot {slot}.");
            if (step is { Do: StepKind.Ask, Slot: null }) yield return new FieldError($"/steps/{i}/slot", "required", "Say which slot is asked for.");
            if (step is { Do: StepKind.Say or StepKind.Ask, Say: null }) yield return new FieldError($"/steps/{i}/say", "required", "Say what is said.");
            if (step is { Do: StepKind.Branch, Otherwise: null }) yield return new FieldError($"/steps/{i}/otherwise", "required", "Say what is next where no case holds.");
            if (step is { Do: StepKind.Branch, Cases.Count: 0 }) yield return new FieldError($"/steps/{i}/cases", "too_few", "A branch has at least one case.");
            foreach (var error in TextErrors($"/steps/{i}/say", step.Say, flow)) yield return error;
            foreach (var (j, one) in step.Cases.Index())
            {
                if (!fields.Contains(one.Field) && !(one.Field.StartsWith("slots.", StringComparison.Ordinal) && flow.Slots.Any(known => known.Name == one.Field[6..])))
                    yield return new FieldError($"/steps/{i}/cases/{j}/field", "unknown_field", $"Of: slots.NAME of a slot, {string.Join(", ", fields)}.");
                if ((one.Is is CaseOperator.Set or CaseOperator.NotSet) != (one.Value is null)) yield return new FieldError($"/steps/{i}/cases/{j}/value", one.Value is null ? "required" : "not_wanted", "set and not_set have no value; the others have one.");
            }
        }
    }

    private static IEnumerable<FieldError> TextErrors(string at, IReadOnlyDictionary<string, string>? text, BotFlow flow)
    {
        if (text is null) yield break;
        if (!text.ContainsKey(flow.Locale)) yield return new FieldError(at, "language_missing", $"It is not written in {flow.Locale}, the flow's own language.");
        foreach (var (locale, said) in text)
        {
            if (!Articles.Finding.ArticleLocales.IsTag(locale)) yield return new FieldError(at, "language_tag_invalid", "By language tags as in BCP 47.");
            if (said is not { Length: >= 1 and <= BotFlow.LongestText } || string.IsNullOrWhiteSpace(said)) yield return new FieldError($"{at}/{locale}", "too_long", $"1 to {BotFlow.LongestText} characters.");
            else if (Placeholder().Matches(said).Select(m => m.Groups[1].Value).FirstOrDefault(name => flow.Slots.All(slot => slot.Name != name)) is { } unknown)
                yield return new FieldError($"{at}/{locale}", "unknown_slot", $"There is no slot {unknown}.");
        }
    }

    /// <summary>What stands for a slot in a text.</summary>
    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}", RegexOptions.NonBacktracking)]
    internal static partial Regex Placeholder();
}
