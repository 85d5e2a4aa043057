using CustomerCrm.Imports.Running;

namespace CustomerCrm.Imports;

/// <summary>Rows by what is, or would be, done with them.</summary>
public sealed record ImportTally
{
    public int Created { get; init; }
    public int Updated { get; init; }
    public int Skipped { get; init; }

    /// <summary>Their identities are several customers'; nothing is guessed.</summary>
    public int Conflicts { get; init; }

    public int Invalid { get; init; }

    internal ImportTally Plus(IEnumerable<ImportOutcome> outcomes) => outcomes.Aggregate(this, (tally, outcome) => outcome switch
    {
        ImportOutcome.Create => tally with { Created = tally.Created + 1 },
        ImportOutcome.Update => tally with { Updated = tally.Updated + 1 },
        ImportOutcome.Skip => tally with { Skipped = tally.Skipped + 1 },
        ImportOutcome.Conflict => tally with { Conflicts = tally.Conflicts + 1 },
        _ => tally with { Invalid = tally.Invalid + 1 },
    });
}

/// <summary>What became of the rows that were written, once they were to be taken back.</summary>
public sealed record UndoTally
{
    /// <summary>Had been created, and are gone again.</summary>
    public int Removed { get; init; }

    /// <summary>Had been changed, and are as they were.</summary>
    public int Restored { get; init; }

    /// <summary>They stay as they are: somebody changed them since, or they can no longer be as they were (an option was retired, a customer deleted).</summary>
    public int Kept { get; init; }

    /// <summary>Customers whom rows of orders or interactions had made along the way, and who are gone again.</summary>
    public int CustomersRemoved { get; init; }

    /// <summary>Such customers who stay: somebody had to do with them since, or something is theirs.</summary>
    public int CustomersKept { get; init; }
}
