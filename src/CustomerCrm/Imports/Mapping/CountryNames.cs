using System.Collections.Frozen;

namespace CustomerCrm.Imports.Mapping;

/// <summary>
/// Countries as files call them: by their names in the languages of Europe's west, and in their own. The runtime carries no culture data, so the names are in
/// a table of our own, folded: <c>AT austria autriche osterreich</c>. Pure.
/// </summary>
internal static class CountryNames
{
    private static readonly FrozenDictionary<string, string> codes = Read().ToFrozenDictionary();

    /// <returns>The code of two capitals; the text itself if it is none that is known.</returns>
    public static string? CodeOf(string? text) => text is null ? null
        : text is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second) && text != "uk" && text != "UK" ? text.ToUpperInvariant()
        : codes.GetValueOrDefault(MappingProposal.KeyOf(text), text);

    private static IEnumerable<KeyValuePair<string, string>> Read()
    {
        using var lines = new StreamReader(typeof(CountryNames).Assembly.GetManifestResourceStream("countries.txt")!);
        while (lines.ReadLine() is { } line)
            foreach (var name in line.Split(' ').Skip(1)) yield return KeyValuePair.Create(name, line[..2]);
    }
}
