namespace CustomerCrm.Platform.Outbound;

/// <summary>What became of one attempt to send.</summary>
public sealed record SendOutcome
{
    public required SendResult Result { get; init; }

    /// <summary>What the provider calls the message: a later report names it. Null where it gave none.</summary>
    public string? ProviderMessageId { get; init; }

    /// <summary>Why, for programs: short, <c>snake_case</c>, and never a word of what the provider answered. Null: accepted.</summary>
    public string? Code { get; init; }

    /// <summary>The provider asks not to be called again before this time has passed; longer than an attempt should wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static SendOutcome Accepted(string? providerMessageId) => new() { Result = SendResult.Accepted, ProviderMessageId = providerMessageId };

    public static SendOutcome NotSent(string code, TimeSpan? retryAfter = null) => new() { Result = SendResult.NotSent, Code = code, RetryAfter = retryAfter };

    public static SendOutcome Refused(string code) => new() { Result = SendResult.Refused, Code = code };

    public static SendOutcome Unknown(string code) => new() { Result = SendResult.Unknown, Code = code };
}

/// <summary>How sure it is that something was sent. No provider that we send through takes an idempotency key, so this is all that stands between one message and two.</summary>
public enum SendResult
{
    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>It is certain that nothing was sent: it may be tried again.</summary>
    NotSent,

    /// <summary>The provider will not send it, however often it is asked.</summary>
    Refused,

    /// <summary>It may have been sent: the answer was lost, or is none.</summary>
    Unknown,
}
