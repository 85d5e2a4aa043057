using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Lists;

/// <summary>A part of a list. There is no total: follow <see cref="NextCursor"/> while <see cref="HasMore"/>.</summary>
public sealed record Page<T> : IPage
{
    /// <summary>The rows, in the order that was asked for.</summary>
    [MaxLength(ListQuery.MaxLimit)]
    public required IReadOnlyList<T> Data { get; init; }

    /// <summary>Whether there is another page.</summary>
    public required bool HasMore { get; init; }

    /// <summary>Send it as <c>cursor</c> for the next page. Opaque, and bound to this order, these filters and this key's tenant.</summary>
    [MaxLength(2000)]
    public required string? NextCursor { get; init; }

    [JsonIgnore]
    public string? NextLink { get; init; }
}

internal interface IPage
{
    string? NextLink { get; }
}
