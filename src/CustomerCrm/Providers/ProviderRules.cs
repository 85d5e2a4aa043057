using System.Net;
using System.Security.Cryptography;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Providers;

/// <summary>What each kind of account must say, and what it cannot. Pure: it looks at nothing but the account as it is to be.</summary>
internal static class ProviderRules
{
    public static IReadOnlyList<FieldError> WrongWith(Provider p) =>
    [
        .. p.Kind == ProviderKind.Twilio ? Twilio(p) : Email(p),
        .. p.Kind == ProviderKind.Smtp ? Smtp(p) : Unwanted(("host", p.Host), ("port", p.Port), ("security", p.Security), ("user_name", p.UserName)),
        .. p.Kind == ProviderKind.Twilio ? [] : Unwanted(("account_sid", p.AccountSid), ("messaging_service_sid", p.MessagingServiceSid)),
        .. p.Kind == ProviderKind.SendGrid ? [] : Unwanted(("event_webhook_public_key", p.EventWebhookPublicKey)),
        .. p.TestRecipients.SelectMany((to, i) => Recipient(p.Kind, to, i)),
    ];

    private static IEnumerable<FieldError> Email(Provider p)
    {
        if (p.From is null || !EmailAddress.Read(p.From).IsValid) yield return new FieldError("/from", "email_invalid", "An e-mail address that the messages come from.");
        if (p.EventWebhookPublicKey is { } key && !IsPublicKey(key)) yield return new FieldError("/event_webhook_public_key", "public_key_invalid", "The verification key as SendGrid shows it: an ECDSA key of P-256 in base64.");
    }

    private static IEnumerable<FieldError> Smtp(Provider p)
    {
        if (p.Host is null) yield return new FieldError("/host", "required", "The name of the mail server.");
        else if (!IsHost(p.Host)) yield return new FieldError("/host", "host_invalid", "A name or address of the public Internet, without scheme and port.");
        if (p.Security == SmtpSecurity.None) yield return new FieldError("/security", "tls_needed", "A password and mail do not leave this installation in the clear: start_tls or tls.");
        if (p.UserName is null && p.HasSecret) yield return new FieldError("/user_name", "required", "Whose password it is.");
    }

    private static IEnumerable<FieldError> Twilio(Provider p)
    {
        if (p.AccountSid is null) yield return new FieldError("/account_sid", "required", "The account: AC and 32 hexadecimal digits.");
        if (p.From is null && p.MessagingServiceSid is null) yield return new FieldError("/from", "required", "Say a sender, or a messaging_service_sid that chooses one.");
        if (p.From is { } from && !IsSender(from)) yield return new FieldError("/from", "sender_invalid", "A number in E.164, a short code, or a name of up to 11 letters and digits.");
        if (p.FromName is not null) yield return new FieldError("/from_name", "not_of_this_kind", "A text message has a sender and no name beside it.");
    }

    private static IEnumerable<FieldError> Recipient(ProviderKind kind, string to, int i)
    {
        var isGood = kind == ProviderKind.Twilio ? PhoneNumber.Read(to, null).IsValid : EmailAddress.Read(to).IsValid;
        if (!isGood) yield return new FieldError($"/test_recipients/{i}", "recipient_invalid", kind == ProviderKind.Twilio ? "A number in E.164." : "An e-mail address.");
    }

    private static IEnumerable<FieldError> Unwanted(params (string Name, object? Value)[] members) =>
        members.Where(m => m.Value is not null).Select(m => new FieldError($"/{m.Name}", "not_of_this_kind", "Accounts of this kind have no such setting."));

    // A courtesy: where it really leads is looked at whenever it is connected to.
    private static bool IsHost(string host) => IPAddress.TryParse(host, out var address)
        ? AddressGuard.MayReach(address)
        : Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal) && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static bool IsSender(string from) => from[0] == '+'
        ? PhoneNumber.Read(from, null).IsValid
        : from.Length is >= 3 and <= 11 && from.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ');

    private static bool IsPublicKey(string text)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key.KeySize == 256;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
