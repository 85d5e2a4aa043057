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

    /// <summary>
    /// How days and times are written where it is not year, month, day: <c>dd.MM.yyyy</c>, <c>MM/dd/yyyy hh:mm tt</c>. Made of <c>yyyy</c> or <c>yy</c>; <c>MMMM</c>
    /// (January), <c>MMM</c> (Jan), <c>MM</c> or <c>M</c>; <c>dd</c> or <c>d</c>; of a time <c>HH</c> or, with <c>tt</c> (AM, PM), <c>hh</c>; <c>mm</c>, <c>ss</c>, and
    /// <c>zzz</c> for an offset. What else stands in it stands so in the cells. Of a day that has a time the time is left out.
    /// </summary>
    [StringLength(40, MinimumLength = 1)] public string? DateFormat { get; init; }
}
