using System.Globalization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.Tickets.Settings;

/// <summary>How tickets of this data set come and go by themselves.</summary>
/// <example>{"opens_from_email":true,"reopen_days":14,"close_days":28,"link_pattern":"https://support.example.com/tickets/{number}","revision":2,"updated_at":"2030-01-15T09:30:00Z"}</example>
public sealed record TicketSettings : IVersioned
{
    /// <summary>Whether a customer's e-mail opens a ticket, where its conversation has none.</summary>
    public required bool OpensFromEmail { get; init; }

    /// <summary>For how many days after it was solved a ticket opens again when the customer writes; later, another ticket is opened that follows it. 0: at once another one.</summary>
    public required int ReopenDays { get; init; }

    /// <summary>How many days after it was solved a ticket is closed for good; 0: never by itself.</summary>
    public required int CloseDays { get; init; }

    /// <summary>Where you show a ticket to its customer: <c>ticket.link</c> of templates, with the ticket's <c>{number}</c> or <c>{id}</c> in it. Null: nowhere.</summary>
    public string? LinkPattern { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null while nobody has changed anything.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal string? LinkOf(Ticket ticket) =>
        LinkPattern?.Replace("{number}", ticket.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{id}", ticket.Id.ToString(), StringComparison.Ordinal);

    internal static TicketSettings Usual { get; } = new() { OpensFromEmail = false, ReopenDays = 14, CloseDays = 28, Revision = 1 };

    internal static async Task<TicketSettings> ReadAsync(TenantDb db, CancellationToken ct) => await db.FindAsync<TicketSettings>(Current, null, ct) ?? Usual;

    private static readonly TenantSql Current = TenantSql.Of("""
        SELECT s.OpensFromEmail, s.ReopenDays, s.CloseDays, s.LinkPattern, s.Revision, s.UpdatedAt
        FROM TicketSettings s
        WHERE s.TenantId = @TenantId
        """);
}
