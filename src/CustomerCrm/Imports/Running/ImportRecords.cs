using System.Text.Json;
using CustomerCrm.Imports.Targets;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Imports.Running;

/// <summary>What is kept of each row: its outcome, what it changes, and what is wrong with it.</summary>
internal sealed class ImportRecords(TenantDb db)
{
    /// <summary>More errors than these nobody reads; they are counted all the same.</summary>
    private const int MostErrorsOfRow = 20;

    private const int LongestDetail = 300;

    public async Task AddAsync(Import import, ImportPhase phase, IReadOnlyList<RowPlan> plans, CancellationToken ct)
    {
        await db.InsertManyAsync(Insert, plans.Select(plan => RowOf(import, phase, plan)).ToArray(), ct);
        await db.InsertManyAsync(InsertError, plans.SelectMany(plan => ErrorsOf(import, phase, plan)).ToArray(), ct);
    }

    /// <summary>Rows that wrote something, from the last backwards.</summary>
    public Task<IReadOnlyList<WrittenRow>> WrittenAsync(Import import, int before, int atMost, CancellationToken ct) =>
        db.QueryTopAsync<WrittenRow>(Written, atMost, new { ImportId = import.Id, Before = before }, ct);

    public async Task MarkAsync(Import import, IReadOnlyList<WrittenRow> rows, IReadOnlyList<bool> isTakenBack, CancellationToken ct)
    {
        foreach (var (row, isDone) in rows.Zip(isTakenBack))
            await db.ExecuteAsync(Mark, new { ImportId = import.Id, row.Number, UndoneAs = isDone ? UndoneAs.TakenBack : UndoneAs.Kept }, ct);
    }

    /// <summary>Forgets what a phase found, some thousand rows at a time.</summary>
    public async Task ForgetAsync(Id<Import> importId, ImportPhase phase, CancellationToken ct)
    {
        const int atOnce = 2000;
        while (await db.QueryTopAsync<int>(Numbers, atOnce, new { ImportId = importId, Phase = phase }, ct) is { Count: > 0 } numbers)
        {
            var through = new { ImportId = importId, Phase = phase, Through = numbers[^1] };
            await db.InTransactionAsync(async () =>
            {
                await db.ExecuteAsync(DropErrors, through, ct);
                await db.ExecuteAsync(Drop, through, ct);
            }, ct);
        }
    }

    private static Row RowOf(Import import, ImportPhase phase, RowPlan plan)
    {
        var changes = plan.Outcome switch
        {
            ImportOutcome.Update => plan.Changes,
            ImportOutcome.Create when phase == ImportPhase.DryRun => plan.WhatIsCreated(),
            ImportOutcome.Create => plan.WhatUndoNeeds(),
            _ => [],
        };
        return new Row(import.Id, (int)phase, plan.Row.Number, plan.Row.Line, (int)plan.Outcome, plan.Reason, plan.ResourceId,
            changes.Count == 0 ? null : JsonSerializer.Serialize(changes, StrictJson.Options), plan.WrittenAt);
    }

    private static IEnumerable<ErrorRow> ErrorsOf(Import import, ImportPhase phase, RowPlan plan) => plan.Errors.Take(MostErrorsOfRow).Select((error, i) =>
        new ErrorRow(import.Id, (int)phase, plan.Row.Number, i, error.Line ?? plan.Row.Line, error.Column, error.Code, error.Detail.Beginning(LongestDetail)));

    private sealed record Row(Id<Import> ImportId, int Phase, int Number, int Line, int Outcome, string? Reason, byte[]? ResourceId, string? ChangesText, DateTimeOffset? WrittenAt);

    private sealed record ErrorRow(Id<Import> ImportId, int Phase, int Number, int Ordinal, int Line, string? ColumnName, string Code, string Detail);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ImportRows (TenantId, ImportId, Phase, Number, Line, Outcome, Reason, ResourceId, ChangesText, WrittenAt)
        VALUES (@TenantId, @ImportId, @Phase, @Number, @Line, @Outcome, @Reason, @ResourceId, @ChangesText, @WrittenAt)
        """);

    private static readonly TenantSql InsertError = TenantSql.Of("""
        INSERT INTO ImportErrors (TenantId, ImportId, Phase, Number, Ordinal, Line, ColumnName, Code, Detail)
        VALUES (@TenantId, @ImportId, @Phase, @Number, @Ordinal, @Line, @ColumnName, @Code, @Detail)
        """);

    private static readonly TenantSql Written = TenantSql.Of("""
        SELECT r.Number, r.Outcome, r.ResourceId, r.WrittenAt, r.ChangesText
        FROM ImportRows r
        WHERE r.TenantId = @TenantId
          AND r.ImportId = @ImportId
          AND r.Phase = 2
          AND r.Number < @Before
          AND r.Outcome IN (1, 2)
          AND r.WrittenAt IS NOT NULL
        ORDER BY r.Number DESC
        """);

    private static readonly TenantSql Mark = TenantSql.Of("""
        UPDATE ImportRows
        SET UndoneAs = @UndoneAs
        WHERE TenantId = @TenantId
          AND ImportId = @ImportId
          AND Phase = 2
          AND Number = @Number
        """);

    private static readonly TenantSql Numbers = TenantSql.Of("""
        SELECT r.Number
        FROM ImportRows r
        WHERE r.TenantId = @TenantId
          AND r.ImportId = @ImportId
          AND r.Phase = @Phase
        ORDER BY r.Number
        """);

    private static readonly TenantSql Drop = TenantSql.Of("""
        DELETE FROM ImportRows
        WHERE TenantId = @TenantId
          AND ImportId = @ImportId
          AND Phase = @Phase
          AND Number <= @Through
        """);

    private static readonly TenantSql DropErrors = TenantSql.Of("""
        DELETE FROM ImportErrors
        WHERE TenantId = @TenantId
          AND ImportId = @ImportId
          AND Phase = @Phase
          AND Number <= @Through
        """);
}

/// <summary>Which pass over the file. The numbers are stored.</summary>
public enum ImportPhase
{
    DryRun = 1,
    Run = 2,
}

/// <summary>What undo did with a row. The numbers are stored.</summary>
public enum UndoneAs
{
    TakenBack = 1,

    /// <summary>It was touched since, or can no longer be as it was, so it stayed.</summary>
    Kept = 2,
}
