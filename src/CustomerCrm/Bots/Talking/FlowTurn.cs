using System.Globalization;
using CustomerCrm.Articles.Finding;
using CustomerCrm.Bots.Flow;

namespace CustomerCrm.Bots.Talking;

/// <summary>What stays the same while a bot goes on with one message.</summary>
/// <param name="Flow">What it can.</param>
/// <param name="Message">What was written.</param>
/// <param name="Facts">What is known besides.</param>
internal sealed record FlowTurn(BotFlow Flow, string Message, BotFacts Facts)
{
    public BotStep Step(string name) => Flow.Steps.First(one => one.Name == name);

    public BotSlot Slot(string? name) => Flow.Slots.First(one => one.Name == name);

    /// <summary>A text in the customer's language, with what is known in it.</summary>
    public string Written(IReadOnlyDictionary<string, string> text, BotState state)
    {
        var locale = ArticleLocales.Nearest(state.Locale, [.. text.Keys]) ?? Flow.Locale;
        return FlowCheck.Placeholder().Replace(text[locale], slot => state.Slots.GetValueOrDefault(slot.Groups[1].Value, "…"));
    }

    /// <summary>A question, with what can be chosen.</summary>
    public string Asked(BotStep step, BotSlot slot, BotState state) =>
        Written(step.Say!, state) + string.Concat(slot.Choices.Index().Select(one => string.Create(CultureInfo.InvariantCulture, $"\n{one.Index + 1}. {one.Item}")));
}
