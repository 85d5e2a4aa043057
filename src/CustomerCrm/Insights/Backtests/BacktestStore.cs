using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Insights.Backtests;

/// <summary>Looks back and where they are.</summary>
internal sealed class BacktestStore(TenantDb db, TimeProvider clock)
{
    public async Task<Backtest> AddAsync(DateOnly? fitTo, DateOnly until, CancellationToken ct)
    {
        var backtest = new Backtest { Id = Id<Backtest>.New(), FitTo = fitTo, Until = until, Status = BacktestStatus.Queued, Revision = 1, CreatedAt = clock.GetUtcNow() };
        await db.ExecuteAsync(Insert, new { backtest.Id, backtest.FitTo, backtest.Until, backtest.Status, backtest.Revision, backtest.CreatedAt }, ct);
        return backtest;
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Backtest> FindAsync(Id<Backtest> id, CancellationToken ct) =>
        await db.FindAsync<Backtest>(ById, new { BacktestId = id }, ct) ?? throw ApiProblem.NotFound("backtest");

    public Task BeginAsync(Id<Backtest> id, CancellationToken ct) => db.ExecuteAsync(Begin, new { BacktestId = id, Now = clock.GetUtcNow() }, ct);

    public Task FailAsync(Id<Backtest> id, string code, CancellationToken ct) => db.ExecuteAsync(Fail, new { BacktestId = id, FailureCode = code }, ct);

    public async Task<Backtest> EndAsync(Id<Backtest> id, DateOnly fitTo, BacktestResult result, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(result, StrictJson.Options);
        await db.ExecuteAsync(End, new { BacktestId = id, FitTo = fitTo, Result = text, Now = clock.GetUtcNow() }, ct);
        return await FindAsync(id, ct);
    }

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT b.Id, b.FitTo, b.UntilDay AS Until, b.Status, b.FailureCode, b.Result AS ResultText, b.Revision, b.CreatedAt, b.StartedAt, b.FinishedAt
        FROM Backtests b
        WHERE b.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = All.Then("AND b.Id = @BacktestId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Backtests (TenantId, Id, FitTo, UntilDay, Status, Revision, CreatedAt)
        VALUES (@TenantId, @Id, @FitTo, @Until, @Status, @Revision, @CreatedAt)
        """);

    private static readonly TenantSql Begin = TenantSql.Of("""
        UPDATE Backtests
        SET Status = 2, FailureCode = NULL, StartedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @BacktestId AND Status IN (1, 2, 4)
        """);

    private static readonly TenantSql Fail = TenantSql.Of("""
        UPDATE Backtests
        SET Status = 4, FailureCode = @FailureCode, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @BacktestId AND Status IN (1, 2)
        """);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE Backtests
        SET Status = 3, FailureCode = NULL, FitTo = @FitTo, Result = @Result, FinishedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @BacktestId AND Status IN (2, 4)
        """);
}
