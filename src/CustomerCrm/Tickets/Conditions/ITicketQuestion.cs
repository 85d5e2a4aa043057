using System.Text.Json;

namespace CustomerCrm.Tickets.Conditions;

/// <summary>
/// Something that conditions may ask of a ticket, beside what the ticket itself says. A feature that knows more of tickets or their customers (the tier of a
/// loyalty programme) registers one, and promises and routing can ask for it.
/// </summary>
public interface ITicketQuestion
{
    /// <summary>The name of the field: <c>customer_tier</c>.</summary>
    string Field { get; }

    /// <returns>The value, as JSON; null where there is none.</returns>
    Task<JsonElement?> SeeAsync(Ticket ticket, CancellationToken ct);
}
