using CustomerCrm.Platform.Data;

namespace CustomerCrm.Imports;

/// <summary>How far an import has come: the data of <c>import.progressed</c> and of the stream of progress.</summary>
public sealed record Progress
{
    public required Id<Import> ImportId { get; init; }
    public required ImportStatus Status { get; init; }

    /// <summary>How many rows the phase that goes on is done with.</summary>
    public required int Position { get; init; }

    public required int Rows { get; init; }
    public ImportTally? DryRun { get; init; }
    public ImportTally? Run { get; init; }
    public UndoTally? Undo { get; init; }

    internal static Progress Of(Import import) => new()
    {
        ImportId = import.Id,
        Status = import.Status,
        Position = import.Position,
        Rows = import.Rows,
        DryRun = import.DryRun,
        Run = import.Run,
        Undo = import.Undo,
    };
}
