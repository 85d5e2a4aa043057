namespace CustomerCrm.Slas.Clocks;

/// <summary>What a row of the ledger says. The numbers are stored.</summary>
public enum SlaStep
{
    Start = 1,
    Pause = 2,

    /// <summary>After a pause, or after a stop that did not last.</summary>
    Resume = 3,

    Stop = 4,

    /// <summary>Another target, or other hours: the whole clock is counted by them from its beginning.</summary>
    Retarget = 5,
}

/// <summary>Where a clock stands. The numbers are stored.</summary>
public enum SlaClockState
{
    Running = 1,
    Paused = 2,
    Stopped = 3,
}
