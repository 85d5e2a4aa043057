using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Insights.Fits;

/// <summary>Runs and where they are. Every change asks that the run still is where it was.</summary>
internal sealed class FitStore(TenantDb db, TimeProvider clock)
{
    public async Task<Fit> AddAsync(DateOnly asOf, bool publish, CancellationToken ct)
    {
        var fit = new Fit { Id = Id<Fit>.New(), AsOf = asOf, Publish = publish, Status = FitStatus.Queued, Revision = 1, CreatedAt = clock.GetUtcNow() };
        await db.ExecuteAsync(Insert, new { fit.Id, fit.AsOf, fit.Publish, fit.Status, fit.Revision, fit.CreatedAt }, ct);
        return fit;
    }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Fit> FindAsync(Id<Fit> id, CancellationToken ct) =>
        await db.FindAsync<Fit>(ById, new { FitId = id }, ct) ?? throw ApiProblem.NotFound("fit");

    /// <summary>The run whose scores are those of the customers; null before the first one.</summary>
    public async Task<Fit?> PublishedAsync(CancellationToken ct) => (await db.QueryTopAsync<Fit>(Published, 1, null, ct)).SingleOrDefault();

    /// <summary>A run of this day that publishes and waits or was begun.</summary>
    public async Task<Fit?> UnfinishedAsync(DateOnly asOf, CancellationToken ct) =>
        (await db.QueryTopAsync<Fit>(Unfinished, 1, new { AsOf = asOf }, ct)).SingleOrDefault();

    /// <summary>How many runs wait or are at work.</summary>
    public Task<int> WaitingAsync(CancellationToken ct) => db.FindAsync<int>(Waiting, null, ct);

    public Task BeginAsync(Id<Fit> id, CancellationToken ct) => db.ExecuteAsync(Begin, new { FitId = id, Now = clock.GetUtcNow() }, ct);

    public Task FailAsync(Id<Fit> id, string code, CancellationToken ct) => db.ExecuteAsync(Fail, new { FitId = id, FailureCode = code }, ct);

    /// <summary>Whether a later run publishes too. One that failed does not.</summary>
    public async Task<bool> IsSupersededAsync(Id<Fit> id, CancellationToken ct) => (await db.QueryTopAsync<int>(Later, 1, new { FitId = id }, ct)).Count > 0;

    public async Task<Fit> EndAsync(Id<Fit> id, FitStatus status, FitResult result, CancellationToken ct)
    {
        var text = JsonSerializer.Serialize(result, StrictJson.Options);
        await db.ExecuteAsync(End, new { FitId = id, Status = status, Result = text, Now = clock.GetUtcNow() }, ct);
        return await FindAsync(id, ct);
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Fits (TenantId, Id, AsOf, IsPublished, Status, Revision, CreatedAt)
        VALUES (@TenantId, @Id, @AsOf, @Publish, @Status, @Revision, @CreatedAt)
        """);

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT f.Id, f.AsOf, f.IsPublished AS Publish, f.Status, f.FailureCode, f.Result AS ResultText, f.Revision, f.CreatedAt, f.StartedAt, f.FinishedAt
        FROM Fits f
        WHERE f.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = All.Then("AND f.Id = @FitId");

    private static readonly TenantSql Published = All.Then("""
        AND f.IsPublished = 1
        AND f.Status = 3
        ORDER BY f.Id DESC
        """);

    private static readonly TenantSql Unfinished = All.Then("""
        AND f.IsPublished = 1
        AND f.Status IN (1, 2)
        AND f.AsOf = @AsOf
        ORDER BY f.Id DESC
        """);

    private static readonly TenantSql Waiting = TenantSql.Of("SELECT COUNT(*) FROM Fits f WHERE f.TenantId = @TenantId AND f.Status IN (1, 2)");

    private static readonly TenantSql Begin = TenantSql.Of("""
        UPDATE Fits
        SET Status = 2, FailureCode = NULL, StartedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @FitId AND Status IN (1, 2, 5)
        """);

    private static readonly TenantSql Fail = TenantSql.Of("""
        UPDATE Fits
        SET Status = 5, FailureCode = @FailureCode, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @FitId AND Status IN (1, 2)
        """);

    private static readonly TenantSql Later = TenantSql.Of("""
        SELECT 1
        FROM Fits f
        WHERE f.TenantId = @TenantId
          AND f.Id > @FitId
          AND f.IsPublished = 1
          AND f.Status <> 5
        ORDER BY f.Id
        """);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE Fits
        SET Status = @Status, FailureCode = NULL, Result = @Result, FinishedAt = @Now, Revision = Revision + 1
        WHERE TenantId = @TenantId AND Id = @FitId AND Status IN (2, 5)
        """);
}
