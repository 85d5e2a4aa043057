using CustomerCrm.Platform.Events;

namespace CustomerCrm.Search.Sources;

/// <summary>One kind of record that can be found. To make another kind searchable, write one of these and register it.</summary>
internal interface ISearched
{
    SearchKind Kind { get; }

    /// <returns>Those that are there.</returns>
    Task<IReadOnlyList<SearchDocument>> ReadAsync(IReadOnlyCollection<byte[]> keys, CancellationToken ct);

    /// <summary>Those behind this key that the index does not know as they are, in the order of their keys.</summary>
    Task<IReadOnlyList<byte[]>> UnindexedAsync(byte[] after, int most, CancellationToken ct);

    /// <summary>Those that are to be read again because of what happened, for kinds that <see cref="SearchConsumer"/> does not know itself.</summary>
    Task<IReadOnlyList<byte[]>> ChangedByAsync(IReadOnlyList<EventRow> events, CancellationToken ct) => Task.FromResult<IReadOnlyList<byte[]>>([]);
}
