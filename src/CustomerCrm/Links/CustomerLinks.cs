using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Links;

/// <summary>
/// The links in messages, by which customers say what they want without signing in. They begin with <c>Public:BaseUrl</c>; their last segment is a
/// signed text of the current tenant, which is worth nothing if a single character of it is another.
/// </summary>
public sealed class CustomerLinks(SignedLinks links, IOptions<PublicOptions> options, TimeProvider clock)
{
    /// <summary>Where the pages are; whoever shows them maps these.</summary>
    public const string UnsubscribePath = "/unsubscribe", PreferencesPath = "/preferences", OptInPath = "/preferences/confirm", HelpPath = "/help/enter";

    private const string Use = "customer_links";

    private static readonly TimeSpan preferencesLast = TimeSpan.FromDays(365);

    /// <summary>A page with one button that says no. It never expires: a message may be found years later.</summary>
    /// <param name="customerId">Whose message it stands in.</param>
    /// <param name="channel">Of that message.</param>
    /// <param name="purpose">Of that message.</param>
    /// <param name="topic">Of that message; null for all topics of the purpose.</param>
    public string UnsubscribeUrl(Id<Customer> customerId, MessageChannel channel, MessagePurpose purpose, string? topic) => Url(UnsubscribePath, new CustomerLink
    {
        Kind = CustomerLinkKind.Unsubscribe, CustomerId = customerId, Channel = channel, Purpose = purpose, Topic = topic ?? "",
    });

    /// <summary>
    /// For <c>List-Unsubscribe</c>, beside <c>List-Unsubscribe-Post: List-Unsubscribe=One-Click</c> (RFC 8058). It is the address of the page: a mail program
    /// that posts says no at once, and one that only opens it shows the button.
    /// </summary>
    public string OneClickUrl(Id<Customer> customerId, MessageChannel channel, MessagePurpose purpose, string? topic) => UnsubscribeUrl(customerId, channel, purpose, topic);

    /// <summary>The page of all preferences. It lasts a year.</summary>
    public string PreferencesUrl(Id<Customer> customerId) => Url(PreferencesPath, new CustomerLink
    {
        Kind = CustomerLinkKind.Preferences, CustomerId = customerId, ExpiresAt = clock.GetUtcNow() + preferencesLast,
    });

    /// <summary>The page with the button that confirms a double opt-in.</summary>
    /// <param name="customerId">Who was asked.</param>
    /// <param name="channel">Of what is confirmed.</param>
    /// <param name="purpose">Of what is confirmed.</param>
    /// <param name="topic">Of what is confirmed; null for all topics of the purpose.</param>
    /// <param name="about">The entry of the ledger that asked.</param>
    /// <param name="expiresAt">From then on it opens nothing.</param>
    public string OptInUrl(Id<Customer> customerId, MessageChannel channel, MessagePurpose purpose, string? topic, Guid about, DateTimeOffset expiresAt) => Url(OptInPath, new CustomerLink
    {
        Kind = CustomerLinkKind.OptIn, CustomerId = customerId, Channel = channel, Purpose = purpose, Topic = topic ?? "", About = about, ExpiresAt = expiresAt,
    });

    /// <summary>The help pages, with what is for customers only.</summary>
    /// <param name="customerId">Who reads them.</param>
    /// <param name="expiresAt">From then on it opens nothing.</param>
    public string HelpUrl(Id<Customer> customerId, DateTimeOffset expiresAt) => Url(HelpPath, new CustomerLink { Kind = CustomerLinkKind.Help, CustomerId = customerId, ExpiresAt = expiresAt });

    /// <summary>What the last segment of a link says; from then on the request is its tenant's.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="kind">What it has to be for.</param>
    /// <returns>Null if it is not ours, is for something else, or has expired: the same for every reason.</returns>
    public CustomerLink? Read(string token, CustomerLinkKind kind) =>
        links.Read(Use, token, bytes => bytes is [var first, ..] && first == (byte)kind && !IsOver(CustomerLink.Read(bytes))) is { } said ? CustomerLink.Read(said) : null;

    private bool IsOver(CustomerLink link) => link.ExpiresAt <= clock.GetUtcNow();

    private string Url(string path, CustomerLink link) => $"{options.Value.BaseUrl.TrimEnd('/')}{path}/{links.Write(Use, link.Write())}";
}
