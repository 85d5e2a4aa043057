using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tickets.Settings;

/// <summary>GET and PATCH /tickets/settings</summary>
public static class ChangeTicketSettings
{
    public sealed record Request
    {
        public Change<bool> OpensFromEmail { get; init; }
        [Range(0, 365)] public Change<int> ReopenDays { get; init; }
        [Range(0, 365)] public Change<int> CloseDays { get; init; }

        /// <summary>A web address with <c>{number}</c> or <c>{id}</c> in it; null: none.</summary>
        /// <example>https://support.example.com/tickets/{number}</example>
        [StringLength(500, MinimumLength = 1), TicketLink] public Change<string> LinkPattern { get; init; }
    }

    internal static Task<TicketSettings> Show(TenantDb db, CancellationToken ct) => TicketSettings.ReadAsync(db, ct);

    internal static async Task<TicketSettings> Handle(Request request, IfMatch ifMatch, TenantDb db, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await TicketSettings.ReadAsync(db, ct);
        ifMatch.Check(current.Revision);
        var changed = current with
        {
            OpensFromEmail = request.OpensFromEmail.Or(current.OpensFromEmail),
            ReopenDays = request.ReopenDays.Or(current.ReopenDays),
            CloseDays = request.CloseDays.Or(current.CloseDays),
            LinkPattern = request.LinkPattern.Or(current.LinkPattern),
        };
        if (changed == current) return current;
        changed = changed with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        var row = new { changed.OpensFromEmail, changed.ReopenDays, changed.CloseDays, changed.LinkPattern, changed.Revision, changed.UpdatedAt };
        try
        {
            if (await db.ExecuteAsync(current.UpdatedAt is null ? Insert : Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
        }
        catch (DuplicateKeyException)
        {
            throw ApiProblem.PreconditionFailed(); // somebody was faster with the first change
        }
        events.Record("ticket_settings.updated", changed);
        return changed;
    }

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO TicketSettings (TenantId, OpensFromEmail, ReopenDays, CloseDays, LinkPattern, Revision, UpdatedAt)
        VALUES (@TenantId, @OpensFromEmail, @ReopenDays, @CloseDays, @LinkPattern, @Revision, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE TicketSettings
        SET OpensFromEmail = @OpensFromEmail, ReopenDays = @ReopenDays, CloseDays = @CloseDays, LinkPattern = @LinkPattern, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Revision = @Revision - 1
        """);
}
