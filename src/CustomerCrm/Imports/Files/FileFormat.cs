using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Imports.Files;

/// <summary>How a file is written: detected, or as the upload said.</summary>
public sealed record FileFormat
{
    public required FileKind Kind { get; init; }

    /// <summary>By its IANA name: <c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c>.</summary>
    [StringLength(40)] public required string Encoding { get; init; }

    /// <summary>Between the cells of a row: a comma, a semicolon, a tab or a bar. Null for JSON lines.</summary>
    [StringLength(1)] public string? Separator { get; init; }

    /// <summary>Around cells. Null for JSON lines.</summary>
    [StringLength(1)] public string? Quote { get; init; }

    /// <summary>Whether the first row names the columns; else they are called column_1, column_2 …</summary>
    public bool HasHeader { get; init; }
}

/// <summary>The kinds of files that can be read.</summary>
public enum FileKind
{
    Csv,

    /// <summary>A JSON object on each line; its members are the columns.</summary>
    JsonLines,
}

/// <summary>A column of the file.</summary>
public sealed record FileColumn
{
    [StringLength(200)] public required string Name { get; init; }

    /// <summary>Different values from the first rows.</summary>
    [MaxLength(3)] public required IReadOnlyList<string> Samples { get; init; }
}
