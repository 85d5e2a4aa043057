namespace CustomerCrm.Imports.Files;

/// <summary>
/// What stands around cells. Some programs write apostrophes, but names ('t Hooft, Peters') and what an export marks for spreadsheets ('+43 …) begin or end with one
/// too, and taken for quotes they would join rows. So it is an apostrophe only if every cell that begins with one ends with one, and most rows have such cells. Pure.
/// </summary>
internal static class QuoteDetection
{
    private const int AFew = 3;

    /// <param name="text">Its beginning.</param>
    /// <param name="isCut">It goes on behind it.</param>
    /// <param name="separator">If that is known.</param>
    public static char Of(ReadOnlySpan<char> text, bool isCut, char? separator)
    {
        ReadOnlySpan<char> edges = $",;\t|\r\n{separator}";
        var (quoted, within, rows) = (0, 0, 1);
        for (var at = 0; at < text.Length; at++) // each time at the beginning of a cell
        {
            if (text[at] == '"') return '"';
            if (text[at] == '\'')
            {
                var end = EndOf(text, at + 1);
                if (end < 0 && isCut) break;
                if (end < 0 || (end + 1 < text.Length && !edges.Contains(text[end + 1]))) return '"';
                quoted++;
                if (text[(at + 1)..end].IndexOfAny(edges) < 0) within++;
                at = end + 1;
            }
            else
            {
                var length = text[at..].IndexOfAny(edges);
                at = length < 0 ? text.Length : at + length;
            }
            if (at < text.Length && text[at] == '\n') rows++;
        }
        // Cells that hold a separator or a line end are what a 't Hooft and a Peters' further on look like, so they prove nothing.
        return within >= AFew && within * 2 >= quoted && quoted * 2 >= rows ? '\'' : '"';
    }

    // An apostrophe inside is written twice.
    private static int EndOf(ReadOnlySpan<char> text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != '\'') continue;
            if (i + 1 == text.Length || text[i + 1] != '\'') return i;
            i++;
        }
        return -1;
    }
}
