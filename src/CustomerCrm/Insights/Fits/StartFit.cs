using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Fits;

/// <summary>POST /insights/fits: a run, done by a job.</summary>
public static class StartFit
{
    public sealed record Request
    {
        /// <summary>The last day to be looked at, today at the latest; yesterday if nothing is said.</summary>
        public DateOnly? AsOf { get; init; }

        /// <summary>Whether the scores become those of the customers. Only a run without <c>as_of</c> publishes if nothing is said.</summary>
        public bool? Publish { get; init; }
    }

    // Each reads every purchase of the tenant and computes for seconds.
    internal const int MostWaiting = 10;

    /// <exception cref="ApiProblem">422: the day is in the future or before 1900. 409: ten runs wait already.</exception>
    internal static async Task<Accepted<Fit>> Handle(Request request, ReportDay days, FitStore fits, JobQueue jobs, CancellationToken ct)
    {
        var asOf = await days.OfBodyAsync("/as_of", request.AsOf, ct);
        if (await fits.WaitingAsync(ct) >= MostWaiting) throw ApiProblem.Conflict("fits_waiting", "Ten runs wait or are at work already.");
        var fit = await fits.AddAsync(asOf, request.Publish ?? request.AsOf is null, ct);
        await jobs.EnqueueAsync(new FitModels(fit.Id), ct);
        return TypedResults.Accepted($"/v1/insights/fits/{fit.Id}", fit);
    }

    /// <summary>GET /insights/fits/{fit_id}</summary>
    internal static Task<Fit> Show([FromRoute(Name = "fit_id")] Id<Fit> fitId, FitStore fits, CancellationToken ct) => fits.FindAsync(fitId, ct);
}
