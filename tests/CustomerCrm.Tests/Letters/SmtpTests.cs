using System.Net;
using System.Net.Sockets;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Letters;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.Letters;

public class SmtpTests
{
    private static readonly Letter letter = new() { To = "ada@example.com", Subject = "Grüße", Text = "Hello\n.\nSecond line" };

    [Test]
    public async Task A_letter_is_handed_to_the_mail_server()
    {
        using var server = new MailServer();

        await CarrierTo(server.Port).DeliverAsync(letter, default);

        var received = await server.Received;
        Assert.That(received, Does.Contain("MAIL FROM:<crm@example.com>").And.Contain("RCPT TO:<ada@example.com>").And.Contain("Auto-Submitted: auto-generated"));
        Assert.That(received, Does.Contain("Subject: =?utf-8?"));
    }

    [Test]
    public void A_server_that_is_not_there_is_tried_again_later()
    {
        var failed = Assert.ThrowsAsync<JobFailedException>(() => CarrierTo(port: 1).DeliverAsync(letter, default))!;

        Assert.That(failed.Code, Is.EqualTo("mail_server_unreachable"));
    }

    private static SmtpCarrier CarrierTo(int port) => new(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = port, UseTls = false, From = "crm@example.com" }));

    /// <summary>Takes one letter, as RFC 5321 says.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public MailServer()
        {
            listener.Start();
            Received = ReceiveAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
        public Task<string> Received { get; }

        public void Dispose() => listener.Dispose();

        private async Task<string> ReceiveAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            var (all, isData) = (new List<string>(), false);
            await writer.WriteLineAsync("220 ready");
            while (await reader.ReadLineAsync() is { } line)
            {
                all.Add(line);
                if (isData && line != ".") continue;
                if (line == "QUIT") break;
                await writer.WriteLineAsync(line == "DATA" ? "354 go on" : "250 ok");
                isData = line == "DATA";
                if (line == ".") break;
            }
            return string.Join('\n', all);
        }
    }
}
