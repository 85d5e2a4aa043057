using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Records;

/// <summary>Take it out of every copy of what names these records.</summary>
/// <param name="What">The words, or all but ids.</param>
/// <param name="Names">Of the records.</param>
/// <param name="Since">The id of the oldest of them.</param>
public sealed record Forget(Forgotten What, IReadOnlyList<string> Names, Guid Since);

internal sealed class ForgetJob(IEnumerable<IForgets> copies) : IJob<Forget>
{
    public async Task RunAsync(Forget work, CancellationToken ct)
    {
        foreach (var copy in copies) await copy.ForgetAsync(work.Names, work.What, work.Since, ct);
    }
}
