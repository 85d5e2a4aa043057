using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Jobs;

public static class JobRoutes
{
    /// <summary>Work that goes on behind the answers, and what became of it.</summary>
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");

        jobs.MapGet("/", ListJobs.Handle).Needs("jobs:read").Lists(ListJobs.List).ReadsCurrent().Describe("List jobs",
            "Work that was asked for and is not done yet: waiting, running, or set aside after its last attempt (`dead`). A job that succeeded is no longer listed.");
        jobs.MapGet("/{job_id}", ShowJob.Handle).Needs("jobs:read").Describe("Show a job",
            "One job with its attempts and the code of its last error. What it works on is not shown, because it may be about a person. 404 once it has succeeded.");
        jobs.MapPost("/{job_id}/replay", ReplayJob.Handle).Needs("jobs:write").Describe("Replay a dead job",
            "Puts a dead job back into the queue with all its attempts. 409 `job_not_dead` for one that is pending or running.");
    }
}
