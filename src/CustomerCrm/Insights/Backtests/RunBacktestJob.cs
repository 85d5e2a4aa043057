using CustomerCrm.Analytics.Lifetime;
using CustomerCrm.Insights.Purchases;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tenant;

namespace CustomerCrm.Insights.Backtests;

/// <summary>Do this look back.</summary>
public sealed record RunBacktest(Id<Backtest> BacktestId);

/// <summary>Fits to the past and compares. One that died is begun again. Nothing is computed inside a transaction.</summary>
internal sealed class RunBacktestJob(TenantDb db, BacktestStore backtests, PurchaseReader reader, CurrentSettings settings, EventLog events)
    : IJob<RunBacktest>, IGivesUp<RunBacktest>
{
    public async Task RunAsync(RunBacktest work, CancellationToken ct)
    {
        var backtest = await backtests.FindAsync(work.BacktestId, ct);
        if (backtest.Status == BacktestStatus.Finished) return;
        await backtests.BeginAsync(backtest.Id, ct);

        var history = await reader.ReadAsync(backtest.Until, ct);
        var fitTo = backtest.FitTo ?? Holdout.CalibrationEnd(history.Days);
        var report = Backtesting.Run(history.Days, fitTo);
        var result = BacktestFindings.ResultOf(history, report, await settings.GetAsync(ct));
        ct.ThrowIfCancellationRequested();

        await db.InTransactionAsync(async () => events.Record("insights.backtested", await backtests.EndAsync(backtest.Id, fitTo, result, ct)), ct);
    }

    public Task GiveUpAsync(RunBacktest work, string code, CancellationToken ct) => backtests.FailAsync(work.BacktestId, code, ct);
}
