using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using CustomerCrm.Teams;

namespace CustomerCrm.CannedResponses;

/// <summary>Reads and writes canned responses, for those who may use them.</summary>
internal sealed class CannedResponseBook(TenantDb db, TicketMerge merge, Sharing sharing, EventLog events, TimeProvider clock)
{
    internal const int MostResponses = 2000;

    /// <summary>Null: there is none that the caller may use.</summary>
    public async Task<CannedResponse?> LookUpAsync(Id<CannedResponse> responseId, CancellationToken ct) =>
        (await db.QueryAsync<CannedResponse>(CannedResponse.All.And(Condition.Of("x.Id = {0}", responseId)).And(sharing.Visible()), null, ct)).SingleOrDefault();

    /// <exception cref="ApiProblem">404: there is none that the caller may use.</exception>
    public async Task<CannedResponse> FindAsync(Id<CannedResponse> responseId, CancellationToken ct) => await LookUpAsync(responseId, ct) ?? throw ApiProblem.NotFound("canned response");

    /// <exception cref="ApiProblem">422: it has fields that there are not, or that may be empty; or it is not shared rightly.</exception>
    public async Task<CannedResponse> AddAsync(CannedResponse response, CancellationToken ct)
    {
        await CheckAsync(response, ct);
        if (await db.FindAsync<int>(Count, null, ct) >= MostResponses) throw ApiProblem.Conflict("too_many_canned_responses", $"There are at most {MostResponses} canned responses.");
        response = response with { OwnerId = sharing.Me };
        await db.ExecuteAsync(Insert, RowOf(response), ct);
        events.Record("canned_response.created", response);
        return response;
    }

    /// <exception cref="ApiProblem">As <see cref="AddAsync"/>; 412: somebody else changed it since it was read.</exception>
    public async Task<CannedResponse> ChangeAsync(CannedResponse current, CannedResponse wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        await sharing.CheckAsync(current.SharedWith, current.TeamId, ct);
        await CheckAsync(wanted, ct);
        var changed = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();
        events.Record("canned_response.updated", changed);
        return changed;
    }

    public async Task RemoveAsync(CannedResponse current, CancellationToken ct)
    {
        await sharing.CheckAsync(current.SharedWith, current.TeamId, ct);
        await db.ExecuteAsync(Delete, new { current.Id }, ct);
        events.Record("canned_response.deleted", current);
    }

    private async Task CheckAsync(CannedResponse response, CancellationToken ct)
    {
        await sharing.CheckAsync(response.SharedWith, response.TeamId, ct);
        await merge.CheckAsync("/body", response.Body, response.Defaults, ct);
    }

    private static object RowOf(CannedResponse r) => new
    {
        r.Id, r.Name, NameKey = NormalizedName.Of(r.Name), r.Body, r.DefaultsText, r.Language, r.Visibility, TeamId = r.TeamId?.ToBytes(), OwnerId = r.OwnerId?.ToBytes(), r.Revision, r.CreatedAt, r.UpdatedAt,
    };

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM CannedResponses WHERE TenantId = @TenantId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO CannedResponses (TenantId, Id, Name, NameKey, Body, DefaultsText, Language, Visibility, TeamId, OwnerId, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, @NameKey, @Body, @DefaultsText, @Language, @Visibility, @TeamId, @OwnerId, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE CannedResponses
        SET Name = @Name, NameKey = @NameKey, Body = @Body, DefaultsText = @DefaultsText, Language = @Language, Visibility = @Visibility, TeamId = @TeamId, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM CannedResponses WHERE TenantId = @TenantId AND Id = @Id");
}
