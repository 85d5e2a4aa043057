using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Insights.Fits;

/// <summary>One run of the lifetime models over all purchases, as of one day.</summary>
public sealed record Fit : IHasId, IVersioned
{
    public static string Prefix => "fit";

    public required Id<Fit> Id { get; init; }

    /// <summary>The last day that is looked at, in the tenant's zone; orders placed later are ignored. Refunds and cancellations that had been made when it ran count, whenever they came.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Whether its scores become those of the customers: in their list, their 360 view and in segments.</summary>
    public required bool Publish { get; init; }

    public required FitStatus Status { get; init; }

    /// <summary>Why it failed, as the <c>last_error</c> of its job: <c>worker_lost</c>. Null unless it did.</summary>
    [StringLength(200)] public string? FailureCode { get; init; }

    /// <summary>What was found; null until then.</summary>
    public FitResult? Result { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    internal string? ResultText
    {
        init => Result = value is null ? null : JsonSerializer.Deserialize<FitResult>(value, StrictJson.Options);
    }
}

/// <summary>Where a run is.</summary>
public enum FitStatus
{
    Queued = 1,
    Running = 2,
    Finished = 3,

    /// <summary>A later run began to publish before this one was done publishing. Its result is there; the scores are the later one's.</summary>
    Superseded = 4,

    /// <summary>Its job was tried as often as it may be, and is dead. When that job is replayed, the run begins anew.</summary>
    Failed = 5,
}
