using CustomerCrm.Search;

namespace CustomerCrm.Bots.Talking;

/// <summary>
/// The words that reach a person, in all the languages that bots speak, whichever is spoken. Nobody can switch them off, and they are looked for before anything
/// else, also where an answer is waited for: rather a person too often than once too few. Pure.
/// </summary>
internal static class HumanWords
{
    // Folded. Those of the first line stand for themselves anywhere; the others mean a person in a short message, or where somebody wants to talk.
    private static readonly HashSet<string> always =
        ["human", "humans", "agent", "agents", "representative", "operator", "mensch", "menschen", "mitarbeiter", "mitarbeiterin", "kundenberater", "humain", "humaine", "conseiller", "conseillere", "operateur", "covek", "coveka", "covekom", "operater", "operatera", "operaterom", "agenta", "agentom"];

    private static readonly HashSet<string> alone = ["person", "people", "somebody", "someone", "staff", "support", "berater", "personne", "quelqu", "osoba", "osobom", "osobu", "neko", "nekim", "zaposleni"];

    private static readonly HashSet<string> talking =
        ["talk", "talking", "speak", "speaking", "chat", "call", "connect", "transfer", "sprechen", "reden", "telefonieren", "verbinden", "verbinde", "parler", "discuter", "razgovaram", "razgovarati", "razgovarao", "pricam", "pricati", "govorim", "govoriti"];

    private static readonly HashSet<string> real = ["real", "live", "actual", "echte", "echten", "echter", "vraie", "vrai", "prava", "pravom", "stvarna", "stvarnom"];

    private const int ShortMessage = 4;

    /// <returns>The word; null: nobody asked for a person.</returns>
    public static string? In(string message)
    {
        var words = SearchTokens.Of(message).Take(500).Select(Latin).ToArray();
        return words.FirstOrDefault(always.Contains) ?? (words.Length <= ShortMessage || words.Any(talking.Contains)
            ? words.FirstOrDefault(alone.Contains)
            : words.Zip(words.Skip(1)).FirstOrDefault(pair => real.Contains(pair.First) && alone.Contains(pair.Second)).Second);
    }

    // Serbian is written in both alphabets.
    private static string Latin(string word) => word.Any(c => c is >= '\u0400' and <= '\u04FF')
        ? string.Concat(word.Select(c => cyrillic.GetValueOrDefault(c, c.ToString()))) : word;

    private static readonly Dictionary<char, string> cyrillic = new()
    {
        ['а'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['д'] = "d", ['ђ'] = "dj", ['е'] = "e", ['ж'] = "z", ['з'] = "z", ['и'] = "i", ['ј'] = "j", ['к'] = "k", ['л'] = "l", ['љ'] = "lj", ['м'] = "m", ['н'] = "n",
        ['њ'] = "nj", ['о'] = "o", ['п'] = "p", ['р'] = "r", ['с'] = "s", ['т'] = "t", ['ћ'] = "c", ['у'] = "u", ['ф'] = "f", ['х'] = "h", ['ц'] = "c", ['ч'] = "c", ['џ'] = "dz", ['ш'] = "s",
    };
}
