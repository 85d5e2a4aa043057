using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Files;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Segments;

namespace CustomerCrm.Exports;

/// <summary>Write this export's file.</summary>
public sealed record WriteExport(Id<Export> ExportId);

/// <summary>Page by page, so that memory stays flat and nobody waits. One that died is written anew.</summary>
internal sealed class WriteExportJob(TenantDb db, TenantScopes scopes, IFileStore files, EventLog events, TimeProvider clock) : IJob<WriteExport>, IGivesUp<WriteExport>
{
    private const int NotesEvery = 5000;
    private static readonly TimeSpan keeps = TimeSpan.FromHours(24);

    public async Task RunAsync(WriteExport work, CancellationToken ct)
    {
        if (await Export.LookAsync(work.ExportId, db, ct) is not { Status: not ExportStatus.Finished } export) return;
        try
        {
            await NoteAsync(export, ExportStatus.Running, rows: 0, bytes: null, failure: null, ct);
            var (rows, bytes) = await WriteAsync(export, ct);
            await EndAsync(export, ExportStatus.Finished, rows, bytes, failure: null, ct);
        }
        catch (ExportGoneException)
        {
            files.Remove(export.StoredAs);
        }
        catch (ApiProblem problem) when (problem.Status < StatusCodes.Status500InternalServerError) // a field that the query names was removed, say
        {
            files.Remove(export.StoredAs);
            await EndAsync(export, ExportStatus.Failed, rows: 0, bytes: null, problem.Code, ct);
        }
    }

    /// <summary>A fault of ours, again and again: it says so, and takes no place from another one any more.</summary>
    public async Task GiveUpAsync(WriteExport work, string code, CancellationToken ct)
    {
        if (await Export.LookAsync(work.ExportId, db, ct) is not { Status: ExportStatus.Queued or ExportStatus.Running } export) return;
        files.Remove(export.StoredAs);
        await EndAsync(export, ExportStatus.Failed, rows: 0, bytes: null, "gave_up", ct);
    }

    internal static object? ArgsOf(Id<Segment>? segmentId) => segmentId is null ? null : new { SegmentId = segmentId };

    private async Task<(int Rows, long Bytes)> WriteAsync(Export export, CancellationToken ct)
    {
        var source = ExportSource.All.Single(s => s.Name == export.List);
        await using var file = files.Create(export.StoredAs);
        using var writer = RowWriter.Of(export.Format, file, source.RowType);
        await using var scope = scopes.Create(); // beside the one that writes how far it has come
        var reads = scope.ServiceProvider.GetRequiredService<TenantDb>();
        await reads.MayLagAsync(export.CreatedAt, ct);
        var rows = 0;
        await foreach (var row in source.ReadAsync(export.Query, scope.ServiceProvider, reads, ArgsOf(export.SegmentId), ct))
        {
            writer.Write(row);
            if (++rows % NotesEvery == 0) await NoteAsync(export, ExportStatus.Running, rows, bytes: null, failure: null, ct);
        }
        writer.Flush();
        return (rows, file.Position);
    }

    private Task EndAsync(Export export, ExportStatus status, int rows, long? bytes, string? failure, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await NoteAsync(export, status, rows, bytes, failure, ct);
        events.Record(status == ExportStatus.Finished ? "export.finished" : "export.failed", await Export.FindAsync(export.Id, db, ct));
    }, ct);

    private async Task NoteAsync(Export export, ExportStatus status, int rows, long? bytes, string? failure, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = new { export.Id, Status = status, Rows = rows, Bytes = bytes, FailureCode = failure, ExpiresAt = status == ExportStatus.Finished ? now + keeps : (DateTimeOffset?)null, Now = now };
        if (await db.ExecuteAsync(Note, row, ct) == 0) throw new ExportGoneException();
    }

    /// <summary>Somebody deleted it.</summary>
    private sealed class ExportGoneException : Exception;

    private static readonly TenantSql Note = TenantSql.Of("""
        UPDATE Exports
        SET Status = @Status, RowTotal = @Rows, Bytes = @Bytes, FailureCode = @FailureCode, ExpiresAt = @ExpiresAt, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
