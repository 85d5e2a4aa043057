namespace CustomerCrm.Reports.Days;

/// <summary>What of a day is counted together, since it changes together. The numbers are stored.</summary>
internal enum DayPart
{
    /// <summary>Tickets by when they were opened.</summary>
    Opened = 1,

    /// <summary>Answers by when they were given.</summary>
    Answered = 2,

    /// <summary>Tickets by when they were solved.</summary>
    Solved = 3,
}
