using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using CustomerCrm.Platform.Mime;
using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Outbound.Smtp;
using CustomerCrm.Platform.Outbound.Web;

namespace CustomerCrm.Platform.Outbound.Email;

/// <summary>Through a mail server. A server that refuses a message of another connection's limits (4yz) is tried again by the queue, not here: greylisting takes minutes.</summary>
internal sealed class SmtpEmailSender(SmtpAccount account, SmtpServer server, OutboundPipeline pipeline, TimeProvider clock) : IEmailSender
{
    public const string Name = "smtp";

    public string Provider => Name;

    public async Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken ct)
    {
        if (PathOf(message.From ?? account.From) is not { } from) return SendOutcome.Refused("sender_invalid");
        if (PathOf(message.To) is not { } to) return SendOutcome.Refused("recipient_invalid");
        var mail = MimeWriter.Write(message, from, message.FromName ?? account.FromName, clock.GetUtcNow());
        return await pipeline.RunAsync(token => AttemptAsync(from, to, mail, token), ct);
    }

    private async Task<Attempt> AttemptAsync(string from, string to, string mail, CancellationToken ct)
    {
        await using var session = new SmtpSession(account, server);
        try
        {
            await session.SendAsync(from, to, mail, ct);
            return new Attempt(SendOutcome.Accepted(null), AttemptEnd.Answered);
        }
        catch (SmtpRefusalException e)
        {
            return new Attempt(OfReply(e.Code), AttemptEnd.Answered);
        }
        catch (InternalAddressException)
        {
            return new Attempt(SendOutcome.Refused("host_internal"), AttemptEnd.Answered);
        }
        catch (Exception) when (session.IsAccepted)
        {
            return new Attempt(SendOutcome.Accepted(null), AttemptEnd.Answered); // it broke while taking leave
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            return SendClassification.OfFailure(e, session.IsHandedOver);
        }
    }

    /// <summary>A server that says no has sent nothing, also where it says so after the whole e-mail (RFC 5321, 4.2.1).</summary>
    internal static SendOutcome OfReply(int code) => code switch
    {
        535 => SendOutcome.Refused("credentials_refused"),
        >= 500 => SendOutcome.Refused(string.Create(CultureInfo.InvariantCulture, $"smtp_{code}")),
        _ => SendOutcome.NotSent(string.Create(CultureInfo.InvariantCulture, $"smtp_{code}")),
    };

    /// <summary>An address as the envelope takes it: ASCII, the host in Punycode, nothing that could end the command. Null: it cannot be one.</summary>
    internal static string? PathOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1 || address.Length > 254) return null;
        var local = address[..at];
        if (!HeaderText.IsAscii(local) || local.Any(c => c is <= ' ' or '<' or '>' or '\u007f')) return null;
        try
        {
            var host = new IdnMapping().GetAscii(address[(at + 1)..]);
            return host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? $"{local}@{host}" : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
