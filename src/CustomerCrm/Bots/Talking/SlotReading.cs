using System.Globalization;
using System.Text.RegularExpressions;
using CustomerCrm.Bots.Flow;
using CustomerCrm.Platform;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;

namespace CustomerCrm.Bots.Talking;

/// <summary>Reads an answer as what was asked for. Pure.</summary>
internal static partial class SlotReading
{
    private const int LongestText = 500;

    private static readonly HashSet<string> yes = ["yes", "yeah", "yep", "sure", "ok", "okay", "ja", "jawohl", "klar", "oui", "ouais", "da", "naravno", "jeste", "y", "j", "o"];
    private static readonly HashSet<string> no = ["no", "nope", "not", "nein", "nicht", "non", "pas", "ne", "nije", "n"];

    /// <returns>As it is kept; null: it is none.</returns>
    public static string? Read(BotSlot slot, string said)
    {
        var text = said.Trim();
        if (text.Length == 0) return null;
        return slot.Type switch
        {
            SlotType.Text => text.Beginning(LongestText),
            SlotType.Number => NumberOf(text),
            SlotType.Email => Email().Match(text) is { Success: true } m ? m.Value.ToLowerInvariant() : null,
            SlotType.Phone => Phone().Match(text) is { Success: true } m && string.Concat(m.Value.Where(c => char.IsAsciiDigit(c) || c == '+')) is { Length: >= 6 and <= 17 } number ? number : null,
            SlotType.Date => DateOf(text),
            SlotType.YesNo => YesNo(text) is { } answer ? (answer ? "yes" : "no") : null,
            SlotType.OrderNumber => OrderNumber().Matches(text).Select(m => m.Value).FirstOrDefault(word => word.Any(char.IsAsciiDigit)),
            _ => Choice(slot.Choices, text),
        };
    }

    /// <summary>In any of the languages; null: neither, or both.</summary>
    public static bool? YesNo(string text)
    {
        var words = SearchTokens.Of(text).Take(6).ToArray();
        var (isYes, isNo) = (words.Any(yes.Contains), words.Any(no.Contains));
        return isYes == isNo ? null : isYes;
    }

    private static string? Choice(IReadOnlyList<string> choices, string text)
    {
        if (int.TryParse(text.TrimEnd('.', ')'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count) return choices[number - 1];
        var said = Key(text);
        return choices.FirstOrDefault(choice => Key(choice) == said)
            ?? choices.FirstOrDefault(choice => said.Length >= 4 && Spelling.Distance(Key(choice), said) <= Spelling.Tolerated(said))
            ?? (choices.Where(choice => $" {said} ".Contains($" {Key(choice)} ", StringComparison.Ordinal)).ToArray() is [var only] ? only : null);
    }

    private static string Key(string text) => string.Join(' ', SearchTokens.Of(text));

    // 1.500 and 1,500 are fifteen hundred; what is too long for a number is none, rather than the beginning of one.
    private static string? NumberOf(string text)
    {
        var run = Digits().Match(text).Value.TrimEnd('.', ',');
        var number = GroupedByPoints().IsMatch(run) ? run.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : GroupedByCommas().IsMatch(run) ? run.Replace(",", "", StringComparison.Ordinal) : run.Replace(',', '.');
        return Number().IsMatch(number) ? number : null;
    }

    private static string? DateOf(string text)
    {
        if (Iso().Match(text) is { Success: true } iso && DateOnly.TryParseExact(iso.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Written(day);
        return Dotted().Match(text) is { Success: true } dotted
            && DateOnly.TryParseExact($"{dotted.Groups[3].Value}-{dotted.Groups[2].Value.PadLeft(2, '0')}-{dotted.Groups[1].Value.PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) ? Written(day) : null;
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("-?[0-9][0-9.,]*", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$", RegexOptions.NonBacktracking)]
    private static partial Regex GroupedByPoints();

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$", RegexOptions.NonBacktracking)]
    private static partial Regex GroupedByCommas();

    [GeneratedRegex(@"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}", RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\+?[0-9][0-9 ()/.-]{4,24}[0-9]", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Iso();

    [GeneratedRegex(@"([0-9]{1,2})[./] ?([0-9]{1,2})[./] ?([0-9]{4})", RegexOptions.NonBacktracking)]
    private static partial Regex Dotted();

    [GeneratedRegex("[A-Za-z0-9][A-Za-z0-9_/-]{0,49}", RegexOptions.NonBacktracking)]
    private static partial Regex OrderNumber();
}
