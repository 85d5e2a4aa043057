using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Suppressions;
using CustomerCrm.Tenant;

namespace CustomerCrm.Consents.OptIns;

/// <summary>
/// Asks a customer to confirm a consent: a pending entry, and a message with a link to the address it is for. Forms are sent twice and by
/// strangers: so a second ask within ten minutes is the first, and an address is asked at most five times a day. Where the message could not leave, nobody
/// was asked, and it counts for neither.
/// </summary>
internal sealed class OptInAsk(TenantDb db, ConsentWriter writer, SuppressionKey keys, CustomerLinks links, OptInStates states, OptInMessage message, CurrentSettings settings, EventLog events, TimeProvider clock)
{
    private const int MostInDay = 5;
    private static readonly TimeSpan same = TimeSpan.FromMinutes(10);

    /// <returns>201 and the pending entry; 200 and the one there is, or the grant that needs no confirmation any more.</returns>
    /// <exception cref="ApiProblem">404: no such customer. 422: they have no address on this channel. 429: they were asked too often today.</exception>
    public async Task<(int Status, ConsentEntry Entry)> AskAsync(ConsentChange change, CancellationToken ct)
    {
        var customer = await ShowCustomer.FindAsync(change.CustomerId, db, ct);
        if (AddressOf(customer, change.Channel) is not { } address)
            throw ApiProblem.Invalid("/channel", "address_missing", "The customer has no address on this channel, so nobody can be asked.");
        var (key, now) = (keys.Of(change.Channel, address), clock.GetUtcNow());

        var asked = await db.QueryAsync<ConsentEntry>(AskedSince, new { change.CustomerId, change.Channel, AddressKey = key, Since = now.AddDays(-1) }, ct);
        var said = await states.OfAsync(asked, ct);
        asked = [.. asked.Where(entry => said.GetValueOrDefault(entry.Id.ToString()) is not { IsInVain: true })];
        if (asked.LastOrDefault(entry => entry.TopicName == change.Topic && entry.Purpose == change.Purpose && entry.RecordedAt > now - same) is { } recent)
            return (StatusCodes.Status200OK, recent with { Confirmation = said.GetValueOrDefault(recent.Id.ToString()) });
        if (asked.Count >= MostInDay) throw ApiProblem.QuotaExceeded("double_opt_in", asked[0].RecordedAt.AddDays(1) - now);

        var (status, pending) = await writer.RecordAsync(change with { State = ConsentState.Pending, AddressKey = key }, ct);
        if (pending.State != ConsentState.Pending || pending.CustomerId != change.CustomerId || events.IsQuiet) return (status, pending);
        var before = status == StatusCodes.Status201Created ? null : (await states.OfAsync([pending], ct)).GetValueOrDefault(pending.Id.ToString());
        if (before is { IsInVain: false }) return (status, pending with { Confirmation = before });

        var expiresAt = now.AddDays((await settings.GetAsync(ct)).OptInDays);
        var sent = await message.SendAsync(customer, pending, links.OptInUrl(customer.Id, change.Channel, change.Purpose, pending.Topic, pending.Id.Value, expiresAt), before, ct);
        return (status, pending with { Confirmation = new OptInState { MessageId = sent.Id, State = sent.State, Code = sent.Code } });
    }

    private static string? AddressOf(Customer customer, MessageChannel channel) => channel == MessageChannel.Email ? customer.Email : customer.Phone;

    private static readonly TenantSql AskedSince = ConsentEntry.Matching.Then("""
          AND e.CustomerId = @CustomerId
          AND e.Channel = @Channel
          AND e.AddressKey = @AddressKey
          AND e.State = 2
          AND e.RecordedAt > @Since
        ORDER BY e.RecordedAt, e.Id
        """);
}
