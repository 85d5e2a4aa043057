using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Files;

/// <summary>The rows of a file, one after the other: never more than one of them in memory.</summary>
internal abstract class FileRows : IDisposable
{
    /// <summary>The longest row, so that a quote that is never closed does not read the whole file as one.</summary>
    protected const int LongestRow = 1 << 20;

    /// <param name="file">From its beginning.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="columns">What JSON lines have for columns; null where that is to be found out.</param>
    public static FileRows Open(Stream file, FileFormat format, IEnumerable<string>? columns = null) => format.Kind == FileKind.Csv ? new CsvRows(file, format) : new JsonRows(file, format, columns);

    /// <summary>Their names. Those of JSON lines, if they are still to be found out, are all known behind the last row.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <exception cref="ApiProblem">422: from here on it cannot be read.</exception>
    public abstract FileRow? Next();

    /// <summary>Passes over so many rows, as quickly as it can.</summary>
    public abstract void Skip(int rows);

    public abstract void Dispose();

    protected static ApiProblem Broken(long line, string detail) => ApiProblem.Invalid("", "file_broken", $"The file cannot be read from line {line} on. {detail}");
}

/// <summary>One row of a file.</summary>
internal sealed record FileRow
{
    /// <summary>From 1, the header not counted.</summary>
    public required int Number { get; init; }

    /// <summary>The line of the file it begins in, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>In the order of the columns, as many as are known by then; null where there is none.</summary>
    public required string?[] Cells { get; init; }

    /// <summary>Where the rows below it belong to it: those that say one of its lines each, this one among them if it does.</summary>
    public IReadOnlyList<FileRow> Lines { get; init; } = [];

    /// <summary>Of a row that belongs to one above it: why it is nothing by itself.</summary>
    public string? Along { get; init; }

    /// <summary>Why the row as a whole cannot be read.</summary>
    public (string Code, string Detail)? Problem { get; init; }
}
