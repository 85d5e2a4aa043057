using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Insights.Backtests;

/// <summary>POST /insights/backtests: a look back, done by a job.</summary>
public static class StartBacktest
{
    public sealed record Request
    {
        /// <summary>
        /// The last day that the models are shown. If nothing is said, the last third of the time since the first purchase is held out, a year
        /// at most.
        /// </summary>
        /// <example>2029-06-30</example>
        public DateOnly? FitTo { get; init; }

        /// <summary>The last day that they are compared with, today at the latest; yesterday if nothing is said.</summary>
        public DateOnly? Until { get; init; }
    }

    /// <exception cref="ApiProblem">422: a day is in the future or before 1900, or nothing lies between the two.</exception>
    internal static async Task<Accepted<Backtest>> Handle(Request request, ReportDay days, BacktestStore backtests, JobQueue jobs, CancellationToken ct)
    {
        var until = await days.OfBodyAsync("/until", request.Until, ct);
        if (request.FitTo is not null) await days.OfBodyAsync("/fit_to", request.FitTo, ct);
        if (request.FitTo >= until) throw ApiProblem.Invalid("/fit_to", "not_before_until", "Some time must lie between the day the models are fitted to and the day they are compared with.");

        var backtest = await backtests.AddAsync(request.FitTo, until, ct);
        await jobs.EnqueueAsync(new RunBacktest(backtest.Id), ct);
        return TypedResults.Accepted($"/v1/insights/backtests/{backtest.Id}", backtest);
    }

    /// <summary>GET /insights/backtests/{backtest_id}</summary>
    internal static Task<Backtest> Show([FromRoute(Name = "backtest_id")] Id<Backtest> backtestId, BacktestStore backtests, CancellationToken ct) => backtests.FindAsync(backtestId, ct);
}
