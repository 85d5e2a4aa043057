namespace CustomerCrm.Articles.Markdown;

/// <summary>
/// What a text would cost to be shown, told before it is parsed: a row of a table is filled up to the table's width, and marks that could close one another are
/// compared with all that are open, so a short text can be pages of work. Pure.
/// </summary>
internal static class MarkdownSize
{
    public const int MostCells = 20_000, MostBrackets = 2_000, MostMarks = 10_000;

    public static bool IsTooMuch(string markdown)
    {
        var (brackets, marks) = (0, 0);
        foreach (var letter in markdown)
        {
            if (letter == '[') brackets++;
            if (letter is '*' or '_' or '~' or '^' or '+' or '=') marks++;
        }
        return brackets > MostBrackets || marks > MostMarks || CellsOf(markdown) > MostCells;
    }

    // At the most: lines with pipes that stand together could be one table, as wide as its widest.
    private static long CellsOf(string markdown)
    {
        var (cells, rows, widest) = (0L, 0L, 0L);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var pipes = line.Count('|');
            if (pipes > 0) (rows, widest) = (rows + 1, Math.Max(widest, pipes + 1));
            if (!line.IsWhiteSpace()) continue;
            cells += rows * widest;
            (rows, widest) = (0, 0);
        }
        return cells + (rows * widest);
    }
}
