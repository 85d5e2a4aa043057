using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Jobs;

/// <summary>GET /v1/jobs/{job_id}</summary>
public static class ShowJob
{
    internal static Task<JobEntry> Handle([FromRoute(Name = "job_id")] Id<Job> jobId, TenantDb db, CancellationToken ct) => FindAsync(jobId, db, ct);

    internal static async Task<JobEntry> FindAsync(Id<Job> jobId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<JobEntry>(ById, new { JobId = jobId }, ct) ?? throw ApiProblem.NotFound("job");

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT j.Id, j.Kind, j.State AS Status, j.Attempts, j.LastError, j.EnqueuedAt,
               CASE WHEN j.State = 0 THEN j.DueAt END AS RunAt, j.StartedAt, j.FailedAt, j.Fence AS Revision
        FROM Jobs j
        WHERE j.TenantId = @TenantId AND j.Id = @JobId
        """);
}
