using CustomerCrm.Consents.Ledger;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Suppressions;

namespace CustomerCrm.Consents.OptIns;

/// <summary>
/// What a link of a double opt-in may do. It proves that somebody reads the address that was asked; so it confirms nothing once the customer
/// has another address, or has said no since.
/// </summary>
public sealed class OptInConfirmation
{
    private readonly TenantDb db;
    private readonly ConsentWriter writer;
    private readonly SuppressionKey keys;

    internal OptInConfirmation(TenantDb db, ConsentWriter writer, SuppressionKey keys) => (this.db, this.writer, this.keys) = (db, writer, keys);

    /// <returns>How it stands; null where the link confirms nothing any more, whatever the reason.</returns>
    public async Task<OptInStanding?> LookAsync(CustomerLink link, CancellationToken ct)
    {
        var customer = await db.FindAsync<Addressed>(Addresses, new { link.CustomerId }, ct);
        var asked = await db.FindAsync<ConsentEntry>(ListConsentEntries.ById, new { link.CustomerId, EntryId = new Id<ConsentEntry>(link.About) }, ct);
        if (customer is null || asked is not { State: ConsentState.Pending, AddressKey: { } key }) return null;
        if (customer.On(asked.Channel) is not { } address || !keys.Of(asked.Channel, address).AsSpan().SequenceEqual(key)) return null;

        var facts = await db.QueryAsync<ConsentFact>(ConsentStates.Entries, new { link.CustomerId, asked.Purpose, asked.Channel }, ct);
        return ConsentDerivation.Of([.. facts], asked.TopicName) switch
        {
            { State: ConsentState.Granted } => new OptInStanding(asked, IsConfirmed: true),
            { State: ConsentState.Pending } => new OptInStanding(asked, IsConfirmed: false),
            _ => null,
        };
    }

    /// <summary>Records the grant. Doing it twice does it once.</summary>
    /// <param name="link">As it was read.</param>
    /// <param name="shown">What the page said beside the button.</param>
    /// <param name="url">The page, without its token.</param>
    /// <param name="ip">Where the answer came from.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<OptInStanding?> ConfirmAsync(CustomerLink link, string shown, string url, string ip, CancellationToken ct)
    {
        if (await LookAsync(link, ct) is not { IsConfirmed: false } standing) return await LookAsync(link, ct);
        var asked = standing.Asked;
        await writer.RecordAsync(new ConsentChange
        {
            CustomerId = link.CustomerId,
            Purpose = asked.Purpose,
            Channel = asked.Channel,
            Topic = asked.TopicName,
            State = ConsentState.Granted,
            ExpiresAt = asked.ExpiresAt,
            Source = "double_opt_in",
            ExternalId = asked.Id.ToString(),
            ShownText = asked.ShownText is { } first ? $"{first}\n{shown}" : shown,
            Form = asked.Form,
            Url = url,
            Ip = ip,
        }, ct);
        return standing with { IsConfirmed = true };
    }

    private sealed record Addressed
    {
        public string? Email { get; init; }
        public string? Phone { get; init; }

        public string? On(MessageChannel channel) => channel == MessageChannel.Email ? Email : Phone;
    }

    private static readonly TenantSql Addresses = TenantSql.Of("SELECT c.Email, c.Phone FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}

/// <summary>How a double opt-in stands.</summary>
/// <param name="Asked">The entry that asked.</param>
/// <param name="IsConfirmed">Whether it was answered already.</param>
public sealed record OptInStanding(ConsentEntry Asked, bool IsConfirmed);
