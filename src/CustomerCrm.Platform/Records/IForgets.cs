namespace CustomerCrm.Platform.Records;

/// <summary>Keeps copies of what records said, and can take the words out of them: events, answers that are kept for repeats, firings of rules.</summary>
public interface IForgets
{
    /// <summary>Takes the words out of every copy that names one of these records. Twice does no harm.</summary>
    /// <param name="ids">As the API writes them; the copies are JSON and name them so.</param>
    /// <param name="since">The id of the oldest of them: nothing older names them.</param>
    /// <param name="ct">Cancels.</param>
    Task ForgetAsync(IReadOnlyList<string> ids, Guid since, CancellationToken ct);
}
