using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Jobs;

/// <summary>The kind of id that jobs have.</summary>
public sealed record Job : IHasId
{
    public static string Prefix => "job";
}

/// <summary>Where a job is. One that succeeded is gone.</summary>
public enum JobStatus
{
    /// <summary>Waits for its time or for a worker, or to be tried again.</summary>
    Pending = 0,

    /// <summary>A worker has it.</summary>
    Running = 1,

    /// <summary>Failed as often as it may. Kept until it is replayed.</summary>
    Dead = 2,
}
