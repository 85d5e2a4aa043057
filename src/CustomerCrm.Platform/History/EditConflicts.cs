using System.Globalization;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.History;

/// <summary>
/// Two people edited the same thing. The second hears which fields the others changed, who and when, and whether they are
/// fields of the second's own change: if not, it may send the same change again with the current tag and overwrite nobody.
/// </summary>
public sealed class EditConflicts(TenantDb db)
{
    private const int MostNamed = 100;

    /// <param name="ifMatch">What the caller believes it is changing.</param>
    /// <param name="id">What is changed.</param>
    /// <param name="revision">What it is now.</param>
    /// <param name="change">The request, whose members are the caller's fields; null for one without fields.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiProblem">412: it is another revision by now.</exception>
    public async Task CheckAsync<T>(IfMatch ifMatch, Id<T> id, int revision, object? change, CancellationToken ct) where T : IHasId
    {
        if (ifMatch.Allows(revision)) return;
        if (ifMatch.Held is not { } held || held >= revision) throw ApiProblem.PreconditionFailed();

        var rows = await db.QueryTopAsync<Row>(Since, MostNamed, new { RecordId = id.ToString(), Held = held }, ct);
        var changed = rows.GroupBy(row => row.Field).Select(field => field.Last().ToEdit()).ToArray();
        var overlapping = change is null ? [] : FieldDifferences.SaidBy(change).Intersect(changed.Select(edit => edit.Field)).ToArray();
        throw ApiProblem.PreconditionFailed(DetailOf(changed), new Dictionary<string, object?>
        {
            ["current_etag"] = ETag.Of(revision),
            ["changed_fields"] = changed,
            ["overlapping_fields"] = overlapping,
        });
    }

    private static string DetailOf(Edit[] changed) => changed.Length == 0
        ? "The resource has another revision than If-Match says, though none of its own fields was changed: it was seen, or counted anew."
        : string.Create(CultureInfo.InvariantCulture, $"Since the resource was read, others changed {string.Join(", ", changed.Select(edit => edit.Field))}.");

    /// <summary>A field that is not what the caller read, and who changed it last.</summary>
    public sealed record Edit
    {
        public required string Field { get; init; }
        public required int Revision { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required Actor ChangedBy { get; init; }
    }

    private sealed record Row
    {
        public required string Field { get; init; }
        public required int Revision { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required ActorKind ActorKind { get; init; }
        public required string? ActorId { get; init; }
        public required string ActorName { get; init; }

        public Edit ToEdit() => new() { Field = Field, Revision = Revision, ChangedAt = ChangedAt, ChangedBy = new Actor(ActorKind, ActorId, ActorName) };
    }

    private static readonly TenantSql Since = TenantSql.Of("""
        SELECT h.Field, h.Revision, h.ChangedAt, h.ActorKind, h.ActorId, h.ActorName, h.Id
        FROM FieldChanges h
        WHERE h.TenantId = @TenantId
          AND h.RecordId = @RecordId
          AND h.Revision > @Held
        UNION ALL
        SELECT r.Field, r.Revision, r.ChangedAt, r.ActorKind, r.ActorId, r.ActorName, r.Id
        FROM RecordChanges r
        WHERE r.TenantId = @TenantId
          AND r.RecordId = @RecordId
          AND r.Revision > @Held
        ORDER BY Revision, Id
        """);
}
