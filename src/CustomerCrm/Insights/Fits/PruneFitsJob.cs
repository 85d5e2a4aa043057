using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Insights.Fits;

/// <summary>Forget the runs of the models of long ago: there is one more each night.</summary>
public sealed record PruneFits;

/// <summary>The run that published last stays however old it is, and so does one that some scores are still of.</summary>
internal sealed class PruneFitsJob(TenantDb db, FitStore fits, TimeProvider clock) : IJob<PruneFits>
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public async Task RunAsync(PruneFits work, CancellationToken ct)
    {
        if (await fits.PublishedAsync(ct) is { } published)
            await db.ExecuteAsync(Forget, new { published.Id, Before = clock.GetUtcNow() - KeptFor }, ct);
    }

    private static readonly TenantSql Forget = TenantSql.Of("""
        DELETE FROM Fits
        WHERE Fits.TenantId = @TenantId
          AND Fits.Id < @Id
          AND Fits.CreatedAt < @Before
          AND NOT EXISTS (SELECT 1 FROM CustomerScores s WHERE s.TenantId = Fits.TenantId AND s.FitId = Fits.Id)
        """);
}
