using System.Text.Json;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>What rows can become: one implementation for each resource.</summary>
internal interface IImportTarget
{
    ImportResource Resource { get; }

    /// <summary>The scope that a key must have, beside that of imports, to write it.</summary>
    string Scope { get; }

    /// <summary>What columns can be written into, the tenant's own fields among it.</summary>
    ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct);

    /// <summary>Each row takes as long as a request, so fewer of them go into a transaction before it looks round.</summary>
    bool IsSlow { get; }

    /// <summary>What a mapping lacks as a whole; null if nothing.</summary>
    FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping);

    /// <summary>Several rows may be one thing.</summary>
    /// <returns>The rows, each first one of several with those below it.</returns>
    FileRows Join(FileRows rows, RowReading reading);

    /// <summary>Writes the body that the API would have been sent.</summary>
    void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells);

    /// <summary>Reads the body by the API's own rules; what is wrong is noted in the plan.</summary>
    RowPlan Plan(FileRow row, ReadOnlySpan<byte> json, RowReading reading, RunTerms terms);

    /// <summary>Decides what becomes of rows that can be read. Reads only, and many at once.</summary>
    /// <param name="rows">In the file's order.</param>
    /// <param name="terms">On what terms.</param>
    /// <param name="rehearsal">Of a dry run: what earlier rows would have changed, and then these; null where they do change it.</param>
    /// <param name="ct">Cancels.</param>
    Task DecideAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct);

    /// <summary>Writes rows inside the caller's transaction, in their order; those that need it are decided once more.</summary>
    /// <exception cref="Platform.Data.DuplicateKeyException">Somebody wrote the same meanwhile: nothing may be kept, and <paramref name="isCareful"/> helps.</exception>
    Task WriteAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, bool isCareful, CancellationToken ct);

    /// <summary>Takes back what rows wrote, inside the caller's transaction, where nobody touched it since.</summary>
    /// <returns>Whether it was taken back, for each of the rows.</returns>
    Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct);
}

/// <summary>On what terms rows are decided and written.</summary>
/// <param name="OnMatch">What happens to a row that is known.</param>
/// <param name="Country">The tenant's, for phone numbers that say none.</param>
internal sealed record RunTerms(MatchPolicy OnMatch, string? Country);

/// <summary>A row that wrote something, as undo finds it.</summary>
internal sealed record WrittenRow
{
    public required int Number { get; init; }
    public required ImportOutcome Outcome { get; init; }
    public required byte[] ResourceId { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    internal string? ChangesText { init => Changes = value is null ? [] : JsonSerializer.Deserialize<FieldChange[]>(value, Platform.Json.StrictJson.Options)!; }
}
