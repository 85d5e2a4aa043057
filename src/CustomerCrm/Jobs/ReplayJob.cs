using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Jobs;

/// <summary>POST /v1/jobs/{job_id}/replay: a dead job gets another chance.</summary>
public static class ReplayJob
{
    internal static async Task<JobEntry> Handle(
        [FromRoute(Name = "job_id")] Id<Job> jobId, IfMatch ifMatch, TenantDb db, JobQueue jobs, CancellationToken ct)
    {
        ifMatch.Check((await ShowJob.FindAsync(jobId, db, ct)).Revision);
        if (!await jobs.ReplayAsync(jobId, ct)) throw ApiProblem.Conflict("job_not_dead", "Only a dead job can be replayed; this one still has attempts left.");
        return await ShowJob.FindAsync(jobId, db, ct);
    }
}
