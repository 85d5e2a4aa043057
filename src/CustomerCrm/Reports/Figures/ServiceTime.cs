namespace CustomerCrm.Reports.Figures;

/// <summary>The times that reports of service are about: waits for an answer, and whole tickets; in all, and as open time.</summary>
internal enum ServiceTime
{
    FirstResponse,
    FirstResponseOpen,
    NextResponse,
    NextResponseOpen,
    Resolution,
    ResolutionOpen,

    /// <summary>Estimated, of tickets that a person answered.</summary>
    Handling,
}
