using CustomerCrm.Platform.Data;

namespace CustomerCrm.Segments;

/// <summary>Definitions beside segments that name them, and would ask for nothing, or fail each time, were the segment gone; also those that are switched off.</summary>
internal sealed class NamesSegments
{
    private NamesSegments(string member, Func<TenantDb, string, CancellationToken, Task<IReadOnlyList<(string Id, string Name)>>> find) => (Member, this.find) = (member, find);

    private readonly Func<TenantDb, string, CancellationToken, Task<IReadOnlyList<(string Id, string Name)>>> find;

    /// <summary>What a problem calls their ids: <c>survey_ids</c>.</summary>
    public string Member { get; }

    /// <param name="member">What a problem calls their ids.</param>
    /// <param name="naming">Finds those in whose text <c>@Like</c> is.</param>
    /// <param name="of">Id and name of one.</param>
    public static NamesSegments In<T>(string member, TenantSql naming, Func<T, (string Id, string Name)> of) =>
        new(member, async (db, like, ct) => [.. (await db.QueryAsync<T>(naming, new { Like = like }, ct)).Select(of)]);

    public Task<IReadOnlyList<(string Id, string Name)>> FindAsync(Id<Segment> segmentId, TenantDb db, CancellationToken ct) => find(db, $"%{segmentId}%", ct);
}
