using CsvHelper;
using CustomerCrm.Platform;

namespace CustomerCrm.Imports.Files;

/// <summary>Rows with separators between their cells (RFC 4180 and what programs make of it).</summary>
internal sealed class CsvRows : FileRows
{
    private readonly CsvReader reader;
    private CsvMalformedRecord? malformed;
    private bool isAhead;
    private int number;

    public CsvRows(Stream file, FileFormat format)
    {
        reader = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = format.Separator![0],
            Quote = format.Quote![0],
            HasHeader = format.HasHeader,
            Encoding = format.Encoding == "utf-8" ? null : FormatDetection.EncodingNamed(format.Encoding),
            TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = record => malformed = record,
        }, leaveOpen: false);
        Columns = format.HasHeader ? Named() : Numbered();
    }

    public override IReadOnlyList<string> Columns { get; }

    public override FileRow? Next()
    {
        if (!isAhead && !Read()) return null;
        isAhead = false;
        number++;
        var cells = new string?[Columns.Count];
        for (var i = 0; i < cells.Length && i < reader.FieldCount; i++) cells[i] = reader.GetString(i);
        return new FileRow { Number = number, Line = (int)reader.LineNumber, Cells = cells, Problem = ProblemOf() };
    }

    public override void Skip(int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            if (!isAhead && !Read()) return;
            isAhead = false;
            number++;
        }
    }

    public override void Dispose() => reader.Dispose();

    // A row of separators alone is what spreadsheets write below the last one.
    private bool Read()
    {
        try
        {
            do
            {
                malformed = null;
                if (!reader.Read()) return false;
            }
            while (malformed is null && LastWritten() < 0);
            return true;
        }
        catch (CsvFormatException e)
        {
            throw Broken(e.LineNumber, "A row is longer than a mebibyte; is a quote never closed?");
        }
    }

    private (string, string)? ProblemOf()
    {
        if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote }) return ("quote_open", "A quote is opened and never closed.");
        return reader.FieldCount > Columns.Count && LastWritten() is var last && last >= Columns.Count ? ("too_many_cells", $"The row has {last + 1} cells and the file {Columns.Count} columns.") : null;
    }

    /// <summary>The last cell that is not empty; -1 if all are.</summary>
    private int LastWritten()
    {
        var last = reader.FieldCount - 1;
        while (last >= 0 && string.IsNullOrWhiteSpace(reader.GetString(last))) last--;
        return last;
    }

    // A name that comes again is told apart by its number, and by one that no other column is called by.
    private string[] Named()
    {
        try
        {
            reader.ReadHeader();
        }
        catch (CsvFormatException e)
        {
            throw Broken(e.LineNumber, "The header is longer than a mebibyte; is a quote never closed?");
        }
        string[] names = [.. reader.Headers.Select((header, i) => header.Trim() is { Length: > 0 } given ? given.Beginning(190) : $"column_{i + 1}")];
        var taken = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        var times = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => times.TryAdd(name, 1) ? name : Another(name))];

        string Another(string name)
        {
            string numbered;
            do numbered = $"{name} ({++times[name]})";
            while (!taken.Add(numbered));
            return numbered;
        }
    }

    private string[] Numbered()
    {
        isAhead = Read();
        return [.. Enumerable.Range(1, isAhead ? reader.FieldCount : 0).Select(i => $"column_{i}")];
    }
}
