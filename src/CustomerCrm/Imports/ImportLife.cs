using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports;

/// <summary>What may follow what. Pure.</summary>
internal static class ImportLife
{
    /// <summary>Its mapping may change, and it may be checked.</summary>
    public static bool IsBeforeRun(ImportStatus status) => status is ImportStatus.Ready or ImportStatus.Checked;

    /// <summary>It may begin, or go on from where it stopped; not once some of it has been taken back.</summary>
    public static bool MayRun(Import import) => import.Undo is null && (IsBeforeRun(import.Status) || import.Status is ImportStatus.Cancelled or ImportStatus.Failed);

    public static bool MayUndo(ImportStatus status) => status is ImportStatus.Finished or ImportStatus.Cancelled or ImportStatus.Failed;

    /// <summary>Something goes on.</summary>
    public static bool IsAtWork(ImportStatus status) => status is ImportStatus.Checking or ImportStatus.Running or ImportStatus.Undoing;

    /// <exception cref="ApiProblem">409: it is not where this can be done.</exception>
    public static void Ask(bool may, Import import)
    {
        if (may) return;
        var part = import is { Undo: not null, Status: ImportStatus.Failed } ? ", and some of it has been taken back" : "";
        throw ApiProblem.Conflict("import_not_ready", $"The import is {Platform.Json.StrictJson.NameOf(import.Status)}{part}: this cannot be done now.");
    }
}
