using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Jobs;

/// <summary>A job as its tenant sees it. What it works on is left out: that may be about a person.</summary>
public sealed record JobEntry : IVersioned
{
    public required Id<Job> Id { get; init; }

    /// <summary>What it does: <c>prune_events</c>.</summary>
    public required string Kind { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>How often it was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>The code of what went wrong last; null if nothing has.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>A pending job begins then, or as soon as there is a worker.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it was begun last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it failed last.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    [JsonIgnore]
    public required int Revision { get; init; }
}
