using CustomerCrm.Platform.Data;

namespace CustomerCrm.Articles.Views;

/// <summary>Writes down once a minute what was read, all of a tenant's in one transaction, and once more when the program stops. A program that is killed loses the last minute.</summary>
internal sealed class ViewWriter(GatheredViews gathered, TimeProvider clock, ILogger<ViewWriter> log) : BackgroundService
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task WriteAsync(CancellationToken ct)
    {
        await oneAtATime.WaitAsync(ct);
        try
        {
            foreach (var ofTenant in gathered.Take().GroupBy(seen => seen.TenantId)) await TryWriteAsync([.. ofTenant], ct);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is left is written below.
        }
        await WriteAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    // What cannot be written now, of a tenant that is being moved say, is written in a minute: nobody waits for it.
    private async Task TryWriteAsync(IReadOnlyList<ViewsOfDay> views, CancellationToken ct)
    {
        try
        {
            await using var scope = views[0].Scopes.Create();
            var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
            await db.InTransactionAsync(async () =>
            {
                foreach (var seen in views) await CountAsync(db, seen, ct);
            }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            foreach (var seen in views) gathered.Add(seen);
            log.LogWarning(e, "Views of articles could not be written; it will be tried again");
        }
    }

    private static async Task CountAsync(TenantDb db, ViewsOfDay seen, CancellationToken ct)
    {
        var row = new { seen.ArticleId, seen.Day, seen.Count, Before = seen.Day.AddDays(-RecentViews.Days) };
        // The article's row first: writers of several processes take turns at it.
        if (await db.ExecuteAsync(Hold, row, ct) == 0) return;
        if (await db.ExecuteAsync(AddToDay, row, ct) == 0) await db.ExecuteAsync(InsertDay, row, ct);
        await db.ExecuteAsync(RecentViews.OfArticle, row, ct);
    }

    private static readonly TenantSql Hold = TenantSql.Of("""
        UPDATE Articles
        SET Views = Views + @Count
        WHERE TenantId = @TenantId
          AND Id = @ArticleId
        """);

    private static readonly TenantSql AddToDay = TenantSql.Of("""
        UPDATE ArticleViews
        SET Views = Views + @Count
        WHERE TenantId = @TenantId
          AND ArticleId = @ArticleId
          AND Day = @Day
        """);

    private static readonly TenantSql InsertDay = TenantSql.Of("""
        INSERT INTO ArticleViews (TenantId, ArticleId, Day, Views)
        VALUES (@TenantId, @ArticleId, @Day, @Count)
        """);
}
