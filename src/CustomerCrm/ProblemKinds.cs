using CustomerCrm.Platform.Problems;

namespace CustomerCrm;

/// <summary>The problems that features add to the platform's: what their pages under <c>/problems</c> say. By code.</summary>
public static class ProblemKinds
{
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("cursor_expired", 410, "Events behind this cursor are older than 30 days and gone.", "Begin again without a cursor, and read what was missed from the resources themselves."),
        new("job_not_dead", 409, "Only a dead job can be replayed; this one still has attempts left.", "Wait: it will be tried again by itself."),
        new("scope_not_held", 403, "A key cannot give another key a scope that it does not have itself.", "Use a key that has the scope, or ask for fewer."),
        new("too_many_api_keys", 409, "The tenant has as many live keys as it may have.", "Revoke keys that are no longer used."),
    ];
}
