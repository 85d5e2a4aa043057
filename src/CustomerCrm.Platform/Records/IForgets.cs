namespace CustomerCrm.Platform.Records;

/// <summary>Keeps copies of what records said, and can take words or all out of them: events, answers that are kept for repeats, firings of rules.</summary>
public interface IForgets
{
    /// <summary>Takes it out of every copy that holds one of these names. Twice does no harm.</summary>
    /// <param name="names">Ids as the API writes them, or a member with one: <c>"id":"conv_…"</c> for a resource itself and not for what only points to it.</param>
    /// <param name="what">What is taken out.</param>
    /// <param name="since">The id of the oldest of them: nothing older names them.</param>
    /// <param name="ct">Cancels.</param>
    Task ForgetAsync(IReadOnlyList<string> names, Forgotten what, Guid since, CancellationToken ct);
}

/// <summary>What is taken out of a copy.</summary>
public enum Forgotten
{
    /// <summary>What people wrote: a message was redacted.</summary>
    Words,

    /// <summary>All but ids: the record is purged.</summary>
    Everything,
}
