using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CustomerCrm.Tests.Outbound;

/// <summary>A mail server (RFC 5321) that does what it is told, good or bad, with or without TLS.</summary>
internal sealed class MailServer : IDisposable
{
    private static readonly X509Certificate2 certificate = MakeCertificate();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> said = new(), mails = new();
    private readonly CancellationTokenSource closing = new();

    public MailServer()
    {
        listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every command, without the mails.</summary>
    public IReadOnlyList<string> Said => [.. said];

    /// <summary>What came between DATA and the dot, and with the dot: so it may have been sent.</summary>
    public IReadOnlyList<string> Mails => [.. mails];

    public bool OffersTls { get; init; } = true;
    public bool IsTlsFromTheStart { get; init; }
    public string Ways { get; init; } = "PLAIN LOGIN";

    /// <summary>What it answers to a command that begins so; null closes the connection, and "" says nothing for ever.</summary>
    public Dictionary<string, string?> Instead { get; init; } = [];

    public static bool Trusts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => shown?.GetCertHashString() == certificate.GetCertHashString();

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        closing.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            Stream stream = client.GetStream();
            if (IsTlsFromTheStart) stream = await SecureAsync(stream);
            await TalkAsync(stream);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // They have hung up.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var (reader, writer) = Over(stream);
        if (!await AnswerAsync(writer, "CONNECT", "220 ready")) return;
        while (await reader.ReadLineAsync(closing.Token) is { } line)
        {
            said.Enqueue(line);
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            if (command == "DATA" && !Instead.ContainsKey("DATA"))
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(closing.Token) is { } part && part != ".") mail.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                mails.Enqueue(mail.ToString());
                if (!await AnswerAsync(writer, ".", "250 taken")) return;
                continue;
            }
            if (!await AnswerAsync(writer, command, GoodAnswerTo(command, line))) return;
            if (command == "QUIT") return;
            if (command == "STARTTLS" && !Instead.ContainsKey("STARTTLS")) (reader, writer) = Over(await SecureAsync(stream));
        }
    }

    private string GoodAnswerTo(string command, string line) => command switch
    {
        "EHLO" => OffersTls ? $"250-mail.example\r\n250-STARTTLS\r\n250 AUTH {Ways}" : $"250-mail.example\r\n250 AUTH {Ways}",
        "AUTH" when line.EndsWith("LOGIN", StringComparison.Ordinal) => "334 VXNlcm5hbWU6",
        "AUTH" => "235 in",
        "STARTTLS" => "220 go on",
        "MAIL" or "RCPT" or "QUIT" => "250 good",
        _ => said.Count(s => !s.Contains(' ', StringComparison.Ordinal) && s is not ("STARTTLS" or "DATA" or "QUIT")) == 1 ? "334 UGFzc3dvcmQ6" : "235 in",
    };

    private async Task<bool> AnswerAsync(StreamWriter writer, string command, string answer)
    {
        if (Instead.TryGetValue(command, out var other))
        {
            if (other is null) return false;
            if (other.Length == 0) await Task.Delay(Timeout.Infinite, closing.Token);
            answer = other;
        }
        await writer.WriteLineAsync(answer);
        return true;
    }

    private static (StreamReader, StreamWriter) Over(Stream stream) => (new StreamReader(stream, Encoding.ASCII), new StreamWriter(stream, new ASCIIEncoding()) { NewLine = "\r\n", AutoFlush = true });

    private static async Task<Stream> SecureAsync(Stream stream)
    {
        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(certificate);
        return secured;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
