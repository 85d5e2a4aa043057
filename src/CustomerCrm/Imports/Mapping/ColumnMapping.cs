using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Imports.Mapping;

/// <summary>What becomes of one column.</summary>
public sealed record ColumnMapping
{
    /// <summary>As the file calls it.</summary>
    [StringLength(200)] public required string Column { get; init; }

    /// <summary>The field its cells are written into: <c>email</c>.</summary>
    [StringLength(100)] public required string Field { get; init; }

    /// <summary>For <c>external_id</c> the system and for <c>social</c> the network that the cells are of: <c>shop</c>.</summary>
    [StringLength(100, MinimumLength = 1)] public string? Source { get; init; }

    /// <summary>How days and times are written where it is not year, month, day: <c>dd.MM.yyyy</c>.</summary>
    [StringLength(40, MinimumLength = 1)] public string? DateFormat { get; init; }
}
