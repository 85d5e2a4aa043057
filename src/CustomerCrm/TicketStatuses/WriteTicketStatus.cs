using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.TicketStatuses;

/// <summary>POST /ticket_statuses, PATCH and DELETE /ticket_statuses/{ticket_status_id}.</summary>
public static class WriteTicketStatus
{
    internal const int MostStatuses = 100;

    public sealed record Request
    {
        [Required] public TicketCategory? Category { get; init; }

        /// <example>Waiting for the supplier</example>
        [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

        [Range(0, 10_000)] public int Position { get; init; }

        /// <summary>In place of the one that is the category's default now.</summary>
        public bool IsDefault { get; init; }
    }

    public sealed record Changes
    {
        /// <example>Waiting for the supplier</example>
        [Required, StringLength(100, MinimumLength = 1)] public Change<string> Name { get; init; }

        [Range(0, 10_000)] public Change<int> Position { get; init; }
        public Change<bool> IsDefault { get; init; }
    }

    internal static async Task<Created<TicketStatus>> Create(Request request, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync<int>(Count, null, ct) >= MostStatuses) throw ApiProblem.Conflict("too_many_ticket_statuses", $"There are at most {MostStatuses} statuses.");
        var now = clock.GetUtcNow();
        var status = new TicketStatus
        {
            Id = Id<TicketStatus>.New(), Category = request.Category!.Value, Name = request.Name, Position = request.Position, IsDefault = request.IsDefault, Revision = 1, CreatedAt = now, UpdatedAt = now,
        };
        await SaveAsync(Insert, status, db, ct);
        events.Record("ticket_status.created", status);
        return TypedResults.Created($"/v1/ticket_statuses/{status.Id}", status);
    }

    internal static async Task<TicketStatus> Update([FromRoute(Name = "ticket_status_id")] Id<TicketStatus> statusId, Changes request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await TicketStatus.FindAsync(statusId, db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with { Name = request.Name.Or(current.Name)!, Position = request.Position.Or(current.Position), IsDefault = request.IsDefault.Or(current.IsDefault) };
        if (changed == current) return current;
        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        await SaveAsync(UpdateOne, changed, db, ct);
        events.Record("ticket_status.updated", changed);
        return changed;
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "ticket_status_id")] Id<TicketStatus> statusId, IfMatch ifMatch, TenantDb db, EventLog events, CancellationToken ct)
    {
        var current = await TicketStatus.FindAsync(statusId, db, ct);
        ifMatch.Check(current.Revision);
        await db.ExecuteAsync(Delete, new { StatusId = statusId }, ct);
        events.Record("ticket_status.deleted", current);
        return TypedResults.NoContent();
    }

    private static async Task SaveAsync(TenantSql statement, TicketStatus status, TenantDb db, CancellationToken ct)
    {
        var row = new { status.Id, status.Category, status.Name, NameKey = NormalizedName.Of(status.Name), status.Position, status.IsDefault, status.Revision, status.CreatedAt, status.UpdatedAt };
        try
        {
            if (status.IsDefault) await db.ExecuteAsync(NoDefault, row, ct);
            if (await db.ExecuteAsync(statement, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.Conflict("ticket_status_exists", "There is a status of this name already.");
        }
    }

    private static readonly TenantSql Count = TenantSql.Of("SELECT COUNT(*) FROM TicketStatuses WHERE TenantId = @TenantId");

    private static readonly TenantSql NoDefault = TenantSql.Of("""
        UPDATE TicketStatuses
        SET IsDefault = 0, Revision = Revision + 1, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Category = @Category
          AND Id <> @Id
          AND IsDefault = 1
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TicketStatuses (TenantId, Id, Category, Name, NameKey, Position, IsDefault, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Category, @Name, @NameKey, @Position, @IsDefault, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql UpdateOne = TenantSql.Of("""
        UPDATE TicketStatuses
        SET Name = @Name, NameKey = @NameKey, Position = @Position, IsDefault = @IsDefault, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM TicketStatuses WHERE TenantId = @TenantId AND Id = @StatusId");
}
