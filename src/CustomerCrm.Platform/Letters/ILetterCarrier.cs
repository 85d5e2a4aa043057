using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Platform.Letters;

/// <summary>How letters get to people.</summary>
internal interface ILetterCarrier
{
    /// <exception cref="JobFailedException">Not now; it will be tried again.</exception>
    Task DeliverAsync(Letter letter, CancellationToken ct);
}

/// <summary>Where nothing is configured and there is no one who could look into a mailbox on disk.</summary>
internal sealed class NoCarrier : ILetterCarrier
{
    public Task DeliverAsync(Letter letter, CancellationToken ct) => throw new JobFailedException("mail_not_configured");
}
