using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Insights.Backtests;

/// <summary>One look back: what the value models would have foretold on a day that is past, beside what happened since.</summary>
public sealed record Backtest : IHasId, IVersioned
{
    public static string Prefix => "bkt";

    public required Id<Backtest> Id { get; init; }

    /// <summary>The last day that the models are shown, in the tenant's zone. Null until the run has chosen it, where none was asked for.</summary>
    public DateOnly? FitTo { get; init; }

    /// <summary>The last day that they are compared with.</summary>
    public required DateOnly Until { get; init; }

    public required BacktestStatus Status { get; init; }

    /// <summary>Why it failed, as the <c>last_error</c> of its job: <c>worker_lost</c>. Null unless it did.</summary>
    [StringLength(200)] public string? FailureCode { get; init; }

    /// <summary>What was found; null until then.</summary>
    public BacktestResult? Result { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    internal string? ResultText
    {
        init => Result = value is null ? null : JsonSerializer.Deserialize<BacktestResult>(value, StrictJson.Options);
    }
}

/// <summary>Where a look back is. The numbers are stored.</summary>
public enum BacktestStatus
{
    Queued = 1,
    Running = 2,
    Finished = 3,

    /// <summary>Its job was tried as often as it may be, and is dead. When that job is replayed, it begins anew.</summary>
    Failed = 4,
}
