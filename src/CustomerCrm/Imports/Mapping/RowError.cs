namespace CustomerCrm.Imports.Mapping;

/// <summary>Something wrong with a row.</summary>
internal sealed record RowError(string? Column, string Code, string Detail)
{
    /// <summary>The line of the file, where it is not that of the row.</summary>
    public int? Line { get; init; }
}
