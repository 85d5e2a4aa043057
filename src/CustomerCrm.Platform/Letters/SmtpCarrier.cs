using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using System.Text;
using CustomerCrm.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Letters;

/// <summary>Settings <c>Smtp</c>: the server that takes our letters.</summary>
public sealed class SmtpOptions : IValidatableObject
{
    /// <summary>Not set: letters are not sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)] public int Port { get; set; } = 587;

    /// <summary>STARTTLS.</summary>
    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender: <c>crm@example.com</c>.</summary>
    public string? From { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is not null && !MailAddress.TryCreate(From, out _)) yield return new ValidationResult("Smtp:From is the address that letters come from.", [nameof(From)]);
    }
}

internal sealed class SmtpCarrier(IOptions<SmtpOptions> options) : ILetterCarrier
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    public async Task DeliverAsync(Letter letter, CancellationToken ct)
    {
        var smtp = options.Value;
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.UseTls };
        if (smtp.UserName is not null) client.Credentials = new NetworkCredential(smtp.UserName, smtp.Password);
        using var message = new MailMessage(smtp.From!, letter.To, letter.Subject, letter.Text) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers, please
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(longest);
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new JobFailedException("mail_server_silent");
        }
        catch (SmtpException e)
        {
            throw new JobFailedException(e.InnerException is IOException or System.Net.Sockets.SocketException ? "mail_server_unreachable" : $"mail_refused_{(int)e.StatusCode}");
        }
    }
}
