using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Imports;

/// <summary>DELETE /v1/imports/{import_id}: forgets the file and what was noted of its rows. What was written stays.</summary>
internal static class RemoveImport
{
    internal static async Task<NoContent> Handle(
        [FromRoute(Name = "import_id")] Id<Import> importId, IfMatch ifMatch, ImportStore imports, TenantDb db, JobQueue jobs, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var import = await imports.FindAsync(importId, ct);
        ifMatch.Check(import.Revision);
        ImportLife.Ask(!ImportLife.IsAtWork(import.Status), import);
        await db.ExecuteAsync(Hide, new { import.Id, Now = clock.GetUtcNow() }, ct);
        await jobs.EnqueueAsync(new DropImport(importId), ct);
        events.Record("import.deleted", import);
        return TypedResults.NoContent();
    }

    internal static readonly TenantSql Hide = TenantSql.Of("UPDATE Imports SET DeletedAt = @Now WHERE TenantId = @TenantId AND Id = @Id AND DeletedAt IS NULL");
}

/// <summary>Take away what a deleted import leaves behind.</summary>
public sealed record DropImport(Id<Import> ImportId);

internal sealed class DropImportJob(TenantDb db, ImportRecords records, IFileStore files) : IJob<DropImport>
{
    public async Task RunAsync(DropImport work, CancellationToken ct)
    {
        files.Remove(Import.StoredName(work.ImportId));
        await records.ForgetAsync(work.ImportId, ImportPhase.DryRun, ct);
        await records.ForgetAsync(work.ImportId, ImportPhase.Run, ct);
        await db.ExecuteAsync(Drop, work, ct);
    }

    private static readonly TenantSql Drop = TenantSql.Of("DELETE FROM Imports WHERE TenantId = @TenantId AND Id = @ImportId AND DeletedAt IS NOT NULL");
}

/// <summary>Forget imports that nothing was done with for thirty days: until then they can be undone.</summary>
public sealed record PruneImports;

internal sealed class PruneImportsJob(TenantDb db, JobQueue jobs, TimeProvider clock) : IJob<PruneImports>
{
    private static readonly TimeSpan keeps = TimeSpan.FromDays(30);

    public async Task RunAsync(PruneImports work, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var id in await db.QueryAsync<Id<Import>>(Old, new { Before = now - keeps }, ct))
            await db.InTransactionAsync(async () =>
            {
                await db.ExecuteAsync(RemoveImport.Hide, new { Id = id, Now = now }, ct);
                await jobs.EnqueueAsync(new DropImport(id), ct);
            }, ct);
    }

    private static readonly TenantSql Old = TenantSql.Of("""
        SELECT i.Id
        FROM Imports i
        WHERE i.TenantId = @TenantId
          AND i.UpdatedAt < @Before
          AND i.DeletedAt IS NULL
        """);
}
