using CustomerCrm.Platform;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Files;

/// <summary>What a file is like, seen once as a whole when it is uploaded.</summary>
internal sealed record FileSurvey
{
    public const int MostRows = 1_000_000;
    private const int MostColumns = 200, RowsForSamples = 200, Samples = 3, LongestSample = 100;

    public required FileFormat Format { get; init; }
    public required int Rows { get; init; }
    public required IReadOnlyList<FileColumn> Columns { get; init; }

    /// <summary>The first rows, for the mapping's proposal.</summary>
    public required IReadOnlyList<FileRow> First { get; init; }

    /// <param name="open">Opens the file anew each time.</param>
    /// <param name="said">What the upload says of it.</param>
    /// <param name="isKnown">Whether columns are called so.</param>
    /// <exception cref="ApiProblem">422: no rows, too many of them, or none that can be read.</exception>
    public static FileSurvey Of(Func<Stream> open, SaidFormat said, Func<string, bool> isKnown)
    {
        var format = FormatOf(open, said, isKnown);
        using var rows = FileRows.Open(open(), format);
        var (first, count) = (new List<FileRow>(RowsForSamples), 0);
        for (; count <= MostRows && rows.Columns.Count <= MostColumns && rows.Next() is { } row; count++)
            if (first.Count < RowsForSamples) first.Add(row);
        if (rows.Columns.Count > MostColumns) throw ApiProblem.Invalid("", "too_many_columns", $"A file has at most {MostColumns} columns.");
        if (count == 0) throw ApiProblem.Invalid("", "no_rows", "The file has no rows.");
        if (count > MostRows) throw ApiProblem.Invalid("", "too_many_rows", $"A file has at most {MostRows} rows. Divide it.");
        first = first.ConvertAll(row => row with { Cells = [.. row.Cells, .. new string?[rows.Columns.Count - row.Cells.Length]] });
        return new FileSurvey { Format = format, Rows = count, First = first, Columns = [.. rows.Columns.Select((name, i) => new FileColumn { Name = name, Samples = SamplesOf(first, i) })] };
    }

    private static FileFormat FormatOf(Func<Stream> open, SaidFormat said, Func<string, bool> isKnown)
    {
        using var file = open();
        var head = new byte[FormatDetection.HeadLength];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return FormatDetection.Of(head.AsSpan(0, length), FormatDetection.IsUtf8(file), said, isKnown);
    }

    private static string[] SamplesOf(IEnumerable<FileRow> rows, int column) =>
    [
        .. rows.Select(row => row.Cells[column]?.Trim()).OfType<string>().Where(cell => cell.Length > 0)
            .Select(cell => Clean(cell.Beginning(LongestSample))).Distinct(StringComparer.Ordinal).Take(Samples),
    ];

    // Half a letter at the end of a cut, and what no JSON text of ours holds.
    private static string Clean(string cell) => string.Concat(cell.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
}
