using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Insights.Backtests;

/// <summary>GET /insights/backtests</summary>
internal static class ListBacktests
{
    internal static Task<Page<Backtest>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    // Ids are made when looks back are asked for and sort by that time.
    internal static readonly ListOf<Backtest> List = ListOf<Backtest>
        .From(BacktestStore.All, "b.Id", backtest => backtest.Id.ToBytes())
        .SortedBy("created_at", "b.Id", backtest => backtest.Id, isDescending: true)
        .SortedBy("until", "b.UntilDay", backtest => backtest.Until)
        .FilteredBy("until", "b.UntilDay", FilterType.Day, Operators.Equal | Operators.Range)
        .FilteredBy("status", "b.Status", FilterType.OneOf<BacktestStatus>(), Operators.Equal);
}
