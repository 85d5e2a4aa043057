using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports;

/// <summary>Imports and where they are. Every change asks that the import still is where it was.</summary>
internal sealed class ImportStore(TenantDb db, TimeProvider clock)
{
    public Task AddAsync(Import import, CancellationToken ct) => db.ExecuteAsync(Insert, RowOf(import), ct);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Import> FindAsync(Id<Import> id, CancellationToken ct) => await db.FindAsync<Import>(ById, new { ImportId = id }, ct) ?? throw ApiProblem.NotFound("import");

    /// <summary>Null if it was deleted.</summary>
    public Task<Import?> LookAsync(Id<Import> id, CancellationToken ct) => db.FindAsync<Import>(ById, new { ImportId = id }, ct);

    /// <summary>Saves all of it that can change.</summary>
    /// <exception cref="ApiProblem">412: it was changed since it was read.</exception>
    public async Task<Import> SaveAsync(Import current, Import wanted, CancellationToken ct)
    {
        var saved = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        return await db.ExecuteAsync(Update, RowOf(saved), ct) == 1 ? saved : throw ApiProblem.PreconditionFailed();
    }

    /// <summary>Notes how far a phase has come, in the transaction that did it.</summary>
    /// <exception cref="ImportStoppedException">It was cancelled, or another worker went on with it: nothing of the transaction may be kept.</exception>
    public async Task<Import> AdvanceAsync(Import before, Import after, CancellationToken ct)
    {
        var row = new
        {
            ImportId = before.Id,
            before.Status,
            From = before.Position,
            After = after.Status,
            after.Position,
            DryRunText = TextOf(after.DryRun),
            RunText = TextOf(after.Run),
            UndoText = TextOf(after.Undo),
            after.FailureCode,
            Now = clock.GetUtcNow(),
        };
        if (await db.ExecuteAsync(Advance, row, ct) == 0) throw new ImportStoppedException();
        return await FindAsync(before.Id, ct);
    }

    private static string? TextOf(object? tally) => tally is null ? null : JsonSerializer.Serialize(tally, tally.GetType(), StrictJson.Options);

    private static object RowOf(Import i) => new
    {
        i.Id,
        i.Resource,
        i.FileName,
        i.Bytes,
        RowTotal = i.Rows,
        FormatText = TextOf(i.Format),
        ColumnsText = TextOf(i.Columns),
        MappingText = TextOf(i.Mapping),
        i.OnMatch,
        i.IsQuiet,
        i.ClearsWithBlank,
        i.Status,
        i.Position,
        DryRunText = TextOf(i.DryRun),
        RunText = TextOf(i.Run),
        UndoText = TextOf(i.Undo),
        i.FailureCode,
        i.Revision,
        i.CreatedAt,
        i.UpdatedAt,
    };

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT i.Id, i.Resource, i.FileName, i.Bytes, i.RowTotal AS Rows, i.FormatText, i.ColumnsText, i.MappingText, i.OnMatch, i.IsQuiet, i.ClearsWithBlank,
            i.Status, i.Position, i.DryRunText, i.RunText, i.UndoText, i.FailureCode, i.Revision, i.CreatedAt, i.UpdatedAt
        FROM Imports i
        WHERE i.TenantId = @TenantId
          AND i.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = All.Then("AND i.Id = @ImportId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Imports (TenantId, Id, Resource, FileName, Bytes, RowTotal, FormatText, ColumnsText, MappingText, OnMatch, IsQuiet, ClearsWithBlank,
            Status, Position, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Resource, @FileName, @Bytes, @RowTotal, @FormatText, @ColumnsText, @MappingText, @OnMatch, @IsQuiet, @ClearsWithBlank,
            @Status, @Position, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Imports
        SET MappingText = @MappingText, OnMatch = @OnMatch, IsQuiet = @IsQuiet, ClearsWithBlank = @ClearsWithBlank, Status = @Status, Position = @Position,
            DryRunText = @DryRunText, RunText = @RunText, UndoText = @UndoText, FailureCode = @FailureCode, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
          AND DeletedAt IS NULL
        """);

    private static readonly TenantSql Advance = TenantSql.Of("""
        UPDATE Imports
        SET Status = @After, Position = @Position, DryRunText = @DryRunText, RunText = @RunText, UndoText = @UndoText, FailureCode = @FailureCode,
            Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @ImportId
          AND Status = @Status
          AND Position = @From
          AND DeletedAt IS NULL
        """);
}

/// <summary>Somebody stopped the import, or goes on with it elsewhere.</summary>
internal sealed class ImportStoppedException : Exception;
