using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Analytics.Rfm;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Insights.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Fits;

/// <summary>Do this run; or, of no run, have tonight's done: as of yesterday, published.</summary>
public sealed record FitModels(Id<Fit>? FitId = null);

/// <summary>
/// Fits the models and, if the run publishes, scores every customer. A run that died is begun again and replaces what it wrote.
/// Nothing is computed inside a transaction.
/// </summary>
internal sealed class FitModelsJob(
    TenantDb db, FitStore fits, PurchaseReader reader, ScoreWriter scores, ReportDay days, CurrentSettings settings, EventLog events, JobQueue jobs)
    : IJob<FitModels>, IGivesUp<FitModels>
{
    public Task RunAsync(FitModels work, CancellationToken ct) => work.FitId is { } id ? FitAsync(id, ct) : BeginTonightsAsync(ct);

    public async Task GiveUpAsync(FitModels work, string code, CancellationToken ct)
    {
        if (work.FitId is { } id) await fits.FailAsync(id, code, ct);
    }

    // Every run has a job of its own, so that it is known which one fails with it.
    private Task BeginTonightsAsync(CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var asOf = await days.YesterdayAsync(ct);
        var fit = await fits.UnfinishedAsync(asOf, ct) ?? await fits.AddAsync(asOf, publish: true, ct);
        await jobs.EnqueueAsync(new FitModels(fit.Id), ct);
    }, ct);

    private async Task FitAsync(Id<Fit> id, CancellationToken ct)
    {
        var fit = await fits.FindAsync(id, ct);
        if (fit.Status is FitStatus.Finished or FitStatus.Superseded) return;
        await fits.BeginAsync(fit.Id, ct);

        var history = await reader.ReadAsync(fit.AsOf, ct);
        var analysis = LifetimeAnalysis.Of(history.Days);
        var result = FitAnalysis.ResultOf(history, analysis, await settings.GetAsync(ct));
        ct.ThrowIfCancellationRequested();

        var isWhole = !fit.Publish || await scores.WriteAsync(fit, ScoresOf(fit, result, analysis, history), ct);
        await db.InTransactionAsync(async () =>
        {
            // Everything that shows customers has had its scores already; nobody is to be woken for a million of them.
            events.IsQuiet = true;
            var ended = await fits.EndAsync(fit.Id, isWhole ? FitStatus.Finished : FitStatus.Superseded, result, ct);
            events.Record("insights.fitted", ended);
        }, ct);
    }

    // Lazily: a batch is computed, then written, and forgotten.
    private static IEnumerable<CustomerScore> ScoresOf(Fit fit, FitResult result, LifetimeAnalysis analysis, PurchaseHistory history)
    {
        var valuation = new Valuation(result);
        var rfm = RfmScoring.Of(history.Days).Scores;
        var once = new Dictionary<double, CustomerForecast?>();
        for (var i = 0; i < history.Customers.Count; i++)
        {
            var customer = analysis.Customers[i];
            if (customer.Frequency > 0 || !once.TryGetValue(customer.Age, out var forecast))
            {
                forecast = valuation.Forecast(customer, result.Chosen);
                if (customer.Frequency == 0) once.Add(customer.Age, forecast);
            }

            yield return CustomerScore.Of(history.Customers[i], fit, valuation, rfm[i], forecast);
        }
    }
}
