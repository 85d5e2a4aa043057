using System.Net;
using System.Text;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.Outbound.Email;
using CustomerCrm.Platform.Outbound.Pipeline;
using CustomerCrm.Platform.Outbound.Smtp;
using CustomerCrm.Platform.Outbound.Web;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Outbound;

public class SmtpEmailSenderTests
{
    [Test]
    public async Task A_letter_goes_over_tls_with_its_sender_signed_in()
    {
        using var server = new MailServer();

        var outcome = await SenderTo(server).SendAsync(SendBench.Letter, default);

        Assert.That(outcome, Is.EqualTo(SendOutcome.Accepted(null)));
        Assert.That(server.Said.Take(7), Is.EqualTo(new[]
        {
            "EHLO localhost", "STARTTLS", "EHLO localhost", $"AUTH PLAIN {Base64("\0ada\0söcret")}", "MAIL FROM:<shop@example.com>", "RCPT TO:<ada@example.com>", "DATA",
        }));
        Assert.That(server.Mails.Single(), Does.Contain("Message-ID: <msg_1@shop.example>").And.Contain("List-Unsubscribe: <https://shop.example/unsubscribe/x>"));
    }

    [Test]
    public async Task Tls_from_the_first_byte_and_the_older_way_to_sign_in_work_too()
    {
        using var server = new MailServer { IsTlsFromTheStart = true, Ways = "LOGIN" };

        var outcome = await SenderTo(server, SmtpSecurity.Tls).SendAsync(SendBench.Letter, default);

        Assert.That(outcome.Result, Is.EqualTo(SendResult.Accepted));
        Assert.That(server.Said.Skip(1).Take(3), Is.EqualTo(new[] { "AUTH LOGIN", Base64("ada"), Base64("söcret") }));
    }

    [Test]
    public async Task Nothing_is_said_to_a_server_that_offers_no_tls()
    {
        using var server = new MailServer { OffersTls = false };

        var outcome = await SenderTo(server).SendAsync(SendBench.Letter, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.NotSent, "tls_failed")));
        Assert.That(server.Said, Has.None.StartWith("AUTH").And.None.StartWith("MAIL"));
    }

    [Test]
    public async Task A_certificate_that_the_machine_does_not_trust_ends_it()
    {
        using var server = new MailServer();

        var outcome = await new SmtpEmailSender(AccountAt(server.Port, SmtpSecurity.StartTls), new SmtpServer(SmtpServer.ConnectAnywhereAsync), Pipeline(), TimeProvider.System).SendAsync(SendBench.Letter, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.NotSent, "tls_failed")));
        Assert.That(server.Said, Has.None.StartWith("AUTH"));
    }

    // Until the line that ends it, the server cannot send it; from then on nobody knows, unless it says so.
    [TestCase("CONNECT", "554 no service", SendResult.Refused, "smtp_554")]
    [TestCase("CONNECT", "421 busy", SendResult.NotSent, "smtp_421")]
    [TestCase("CONNECT", "HTTP/1.1 200 OK", SendResult.NotSent, "not_reached")]
    [TestCase("CONNECT", null, SendResult.NotSent, "not_reached")]
    [TestCase("AUTH", "535 who?", SendResult.Refused, "credentials_refused")]
    [TestCase("MAIL", null, SendResult.NotSent, "not_reached")]
    [TestCase("RCPT", "550 no such user", SendResult.Refused, "smtp_550")]
    [TestCase("RCPT", "450 come back later", SendResult.NotSent, "smtp_450")]
    [TestCase("DATA", "452 full", SendResult.NotSent, "smtp_452")]
    [TestCase(".", "554 spam", SendResult.Refused, "smtp_554")]
    [TestCase(".", "451 later", SendResult.NotSent, "smtp_451")]
    [TestCase(".", "what?", SendResult.Unknown, "connection_lost")]
    [TestCase(".", null, SendResult.Unknown, "connection_lost")]
    [TestCase(".", "", SendResult.Unknown, "timeout")]
    [TestCase("QUIT", null, SendResult.Accepted, null)]
    public async Task Where_a_server_fails_decides_what_is_known(string at, string? answer, SendResult result, string? code)
    {
        using var server = new MailServer { Instead = { [at] = answer } };

        var outcome = await SenderTo(server).SendAsync(SendBench.Letter, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((result, code)));
        Assert.That(server.Mails, Has.Count.EqualTo(at is "." or "QUIT" ? 1 : 0));
    }

    [Test]
    public async Task A_tenants_server_inside_our_network_is_never_connected_to()
    {
        using var server = new MailServer();
        var guarded = new GuardedConnector((_, _) => Task.FromResult(new[] { IPAddress.Loopback }), Options.Create(new OutboundOptions()));

        var outcome = await new SmtpEmailSender(AccountAt(server.Port, SmtpSecurity.StartTls), new SmtpServer(guarded.ConnectAsync), Pipeline(), TimeProvider.System).SendAsync(SendBench.Letter, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.Refused, "host_internal")));
        Assert.That(server.Said, Is.Empty);
    }

    [TestCase("ada@example.com\r\nRCPT TO:<eve@example.com>")]
    [TestCase("ada@example.com>\r\nDATA")]
    [TestCase("a da@example.com")]
    [TestCase("<ada@example.com")]
    [TestCase("ädä@example.com")]
    [TestCase("nobody")]
    [TestCase("@example.com")]
    public async Task An_address_that_could_end_the_command_is_refused(string to)
    {
        using var server = new MailServer();

        var outcome = await SenderTo(server).SendAsync(SendBench.Letter with { To = to }, default);

        Assert.That((outcome.Result, outcome.Code), Is.EqualTo((SendResult.Refused, "recipient_invalid")));
        Assert.That(server.Said, Is.Empty);
    }

    [Test]
    public void A_host_of_another_alphabet_is_written_in_punycode() => Assert.That(SmtpEmailSender.PathOf("ada@bücher.example"), Is.EqualTo("ada@xn--bcher-kva.example"));

    [TestCase("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n")]
    [TestCase(".a", "..a\r\n")]
    public void A_line_that_begins_with_a_dot_does_not_end_the_letter(string mail, string sent) => Assert.That(SmtpSession.DotStuffed(mail), Is.EqualTo(sent));

    private static SmtpEmailSender SenderTo(MailServer server, SmtpSecurity security = SmtpSecurity.StartTls) =>
        new(AccountAt(server.Port, security), new SmtpServer(SmtpServer.ConnectAnywhereAsync, MailServer.Trusts), Pipeline(), TimeProvider.System);

    private static SmtpAccount AccountAt(int port, SmtpSecurity security) => new() { Host = "127.0.0.1", Port = port, Security = security, UserName = "ada", Password = "söcret", From = "shop@example.com" };

    private static OutboundPipeline Pipeline() => new("smtp", SendBench.Times, TimeProvider.System);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
