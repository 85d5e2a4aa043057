using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Jobs;

/// <summary>GET /v1/jobs: what is not done yet.</summary>
public static class ListJobs
{
    internal static Task<Page<JobEntry>> Handle(ListQuery query, TenantDb db, CancellationToken ct) => List.ReadAsync(query, db, null, ct);

    private static readonly TenantSql Matching = TenantSql.Of("""
        SELECT j.Id, j.Kind, j.State AS Status, j.Attempts, j.LastError, j.EnqueuedAt,
               CASE WHEN j.State = 0 THEN j.DueAt END AS RunAt, j.StartedAt, j.FailedAt, j.Fence AS Revision
        FROM Jobs j
        WHERE j.TenantId = @TenantId
        """);

    // Ids are made when jobs are queued and sort by that time; so the key serves as the order's index.
    internal static readonly ListOf<JobEntry> List = ListOf<JobEntry>
        .From(Matching, "j.Id", job => job.Id.ToBytes())
        .SortedBy("enqueued_at", "j.Id", job => job.Id, isDescending: true)
        .FilteredBy("status", "j.State", FilterType.OneOf<JobStatus>(), Operators.Equal)
        .FilteredBy("kind", "j.Kind", FilterType.Text(100, "prune_events"), Operators.Equal);
}
