using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tickets.Settings;

/// <summary>Where the tenant shows a ticket: a web address with <c>{number}</c> or <c>{id}</c> in its path or query.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TicketLinkAttribute() : ValidationAttribute("A web address that begins with https:// and has {{number}} or {{id}} behind its host: https://support.example.com/tickets/{{number}}."), ICoded
{
    public string Code => "ticket_link_invalid";

    public override bool IsValid(object? value) => value is not string text || IsLink(text);

    // The host stays as it is whatever the ticket: a link leads to the tenant's own place.
    internal static bool IsLink(string text) => !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text.Replace("{number}", "1", StringComparison.Ordinal).Replace("{id}", "2", StringComparison.Ordinal), UriKind.Absolute, out var one) && one.Scheme == Uri.UriSchemeHttps
        && Uri.TryCreate(text.Replace("{number}", "3", StringComparison.Ordinal).Replace("{id}", "4", StringComparison.Ordinal), UriKind.Absolute, out var other)
        && one.Authority == other.Authority && one.UserInfo.Length == 0 && one.PathAndQuery != other.PathAndQuery;
}
