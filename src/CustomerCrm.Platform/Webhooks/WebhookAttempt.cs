namespace CustomerCrm.Platform.Webhooks;

/// <summary>One call of an endpoint, and what came of it.</summary>
internal sealed record WebhookAttempt
{
    public required DueDelivery Delivery { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required TimeSpan Took { get; init; }

    /// <summary>Of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was no answer: <c>timeout</c>. Or <c>event_expired</c>: there was nothing left to send.</summary>
    public string? Error { get; init; }

    /// <summary>The first bytes of the answer as text.</summary>
    public string? Answer { get; init; }

    public TimeSpan? RetryAfter { get; init; }
    public string? TraceId { get; init; }

    public bool IsDelivered => Status is >= 200 and < 300;
    public bool IsGone => Status == 410;

    /// <summary>Trying again cannot help.</summary>
    public bool IsFinal => Error == "event_expired";
}

/// <summary>A delivery whose time has come.</summary>
internal sealed record DueDelivery
{
    public required byte[] Id { get; init; }
    public required byte[] EventId { get; init; }
    public required string EventType { get; init; }
    public required long? EventSeq { get; init; }

    /// <summary>In all, this one counted once it has begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>Of this run of the schedule.</summary>
    public required int Tries { get; init; }

    /// <summary>Of a test, which is in no feed.</summary>
    public required string? TestData { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    // Of the event; null when it is gone.
    public required string? Data { get; init; }
    public required DateTimeOffset? OccurredAt { get; init; }
    public required string? TraceId { get; init; }
}

/// <summary>An endpoint as it is when it is called.</summary>
internal sealed record CalledEndpoint
{
    public required int Fence { get; init; }
    public required int Bell { get; init; }
    public required int Failures { get; init; }
    public required DateTimeOffset? FailingSince { get; init; }
    public required byte[] UrlSealed { get; init; }
    public required byte[] SecretSealed { get; init; }
    public required byte[]? FormerSecretSealed { get; init; }
    public required DateTimeOffset? FormerSecretEndsAt { get; init; }
    public required PayloadKind Payload { get; init; }
    public required WebhookStatus Status { get; init; }
}

/// <summary>The right to call an endpoint, for a while. Whoever comes later has a higher fence.</summary>
internal sealed record WebhookLease
{
    public required int TenantId { get; init; }
    public required byte[] WebhookId { get; init; }
    public required int Fence { get; init; }

    public Guid Key => new(WebhookId, bigEndian: true);
}
