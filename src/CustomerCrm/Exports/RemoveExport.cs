using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Exports;

/// <summary>DELETE /v1/exports/{export_id}: stops it if it is at work, and removes its file.</summary>
internal static class RemoveExport
{
    internal static async Task<NoContent> Handle([FromRoute(Name = "export_id")] Id<Export> exportId, IfMatch ifMatch, TenantDb db, IFileStore files, EventLog events, CancellationToken ct)
    {
        var export = await Export.FindAsync(exportId, db, ct);
        ifMatch.Check(export.Revision);
        await db.ExecuteAsync(Delete, new { export.Id }, ct);
        db.AfterCommit(() => files.Remove(export.StoredAs));
        events.Record("export.deleted", export);
        return TypedResults.NoContent();
    }

    internal static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Exports WHERE TenantId = @TenantId AND Id = @Id");
}

/// <summary>Remove exports and their files a day after they were finished.</summary>
public sealed record PruneExports;

internal sealed class PruneExportsJob(TenantDb db, IFileStore files, TimeProvider clock) : IJob<PruneExports>
{
    public async Task RunAsync(PruneExports work, CancellationToken ct)
    {
        foreach (var id in await db.QueryAsync<Id<Export>>(Old, new { Now = clock.GetUtcNow(), Stale = clock.GetUtcNow().AddDays(-7) }, ct))
        {
            files.Remove($"{id}.export");
            await db.ExecuteAsync(RemoveExport.Delete, new { Id = id }, ct);
        }
    }

    private static readonly TenantSql Old = TenantSql.Of("""
        SELECT e.Id
        FROM Exports e
        WHERE e.TenantId = @TenantId
          AND (e.ExpiresAt < @Now OR e.UpdatedAt < @Stale)
        """);
}
