using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Messages.Sending;

/// <summary>One time that the provider was asked to send. It is written before that, so that none is forgotten.</summary>
public sealed record MessageAttempt
{
    public required int Number { get; init; }

    /// <example>twilio</example>
    public required string Provider { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null: it is going on, or the program ended meanwhile.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public AttemptResult? Result { get; init; }

    /// <example>timeout</example>
    public string? Code { get; init; }

    /// <summary>Whose budget it was taken from.</summary>
    internal DateOnly Day { get; init; }

    internal static readonly TenantSql OfMessage = TenantSql.Of("""
        SELECT a.Number, a.Provider, a.Day, a.StartedAt, a.FinishedAt, a.Result, a.Code
        FROM MessageAttempts a
        WHERE a.TenantId = @TenantId
          AND a.MessageId = @MessageId
        ORDER BY a.Number
        """);

    internal static AttemptResult Of(SendResult result) => result switch
    {
        SendResult.Accepted => AttemptResult.Accepted,
        SendResult.NotSent => AttemptResult.NotSent,
        SendResult.Refused => AttemptResult.Refused,
        _ => AttemptResult.Unknown,
    };
}

/// <summary>The numbers are stored.</summary>
public enum AttemptResult
{
    Accepted = 1,

    /// <summary>It is certain that nothing was sent.</summary>
    NotSent = 2,

    /// <summary>The provider will not send it.</summary>
    Refused = 3,

    /// <summary>It may have been sent.</summary>
    Unknown = 4,
}
