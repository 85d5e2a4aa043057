using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search.Asking;

/// <summary>What was found, the best first. There are no further pages: who has to leaf should type another letter.</summary>
public sealed record SearchResults
{
    [MaxLength(50)]
    public required IReadOnlyList<SearchHit> Data { get; init; }
}

/// <summary>One record that has the words; what it is in full, its own route says.</summary>
public sealed record SearchHit
{
    public required SearchKind Kind { get; init; }

    /// <summary>Of the record itself.</summary>
    public required string Id { get; init; }

    /// <summary>The customer it is, or is of; null for a company, a company's note and a product.</summary>
    public required Id<Customer>? CustomerId { get; init; }

    /// <summary>What a list shows of it: a name, a subject, a number, a first line.</summary>
    public string? Title { get; init; }

    /// <summary>Of an interaction, an order or a note.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Where the words stand.</summary>
    public required IReadOnlyList<Highlight> Highlights { get; init; }
}
