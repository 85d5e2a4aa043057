using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Platform.Jobs;

/// <summary>The section <c>Jobs</c> of the configuration.</summary>
public sealed class JobOptions
{
    /// <summary>False: nothing runs by itself, neither jobs nor the bus nor the schedule. For tests, which drive them by hand.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How many jobs this process runs at once. With two or more, one tenant never fills them all.</summary>
    [Range(1, 64)] public int Concurrency { get; set; } = 2;

    /// <summary>How many times a job is tried before it is set aside as dead.</summary>
    [Range(1, 50)] public int MaxAttempts { get; set; } = 8;

    /// <summary>
    /// How many times the process may die with a job in its hands before that is set aside as dead. More than attempts: whatever else is at work when one of them
    /// kills the process is in its hands too.
    /// </summary>
    [Range(1, 200)] public int MaxLost { get; set; } = 24;

    /// <summary>How long a taken job is left alone if its worker says nothing. Renewed every third of it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")] public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long running jobs may go on when the program stops; then they are cancelled and put back. The host allows 30 s in all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")] public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the queue is looked at without being told, for what another process queued or what has become due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")] public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);
}
