namespace CustomerCrm.Platform.Records;

/// <summary>Keeps copies of what records said, and can take the words out of them: events, answers that are kept for repeats, firings of rules.</summary>
public interface IForgets
{
    /// <summary>Takes the words out of every copy that holds one of these names. Twice does no harm.</summary>
    /// <param name="names">Ids as the API writes them, or a member with one: <c>"id":"conv_…"</c> for a resource itself and not for what only points to it.</param>
    /// <param name="since">The id of the oldest of them: nothing older names them.</param>
    /// <param name="ct">Cancels.</param>
    Task ForgetAsync(IReadOnlyList<string> names, Guid since, CancellationToken ct);
}
