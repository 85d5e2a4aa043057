using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CustomerCrm.Platform.Outbound.Smtp;

/// <summary>One conversation with a mail server, for one e-mail (RFC 5321; STARTTLS: RFC 3207; AUTH: RFC 4954).</summary>
internal sealed class SmtpSession(SmtpAccount account, SmtpServer server) : IAsyncDisposable
{
    private Stream? stream;
    private SmtpLines lines = null!;
    private IReadOnlyList<string> offers = [];

    /// <summary>The line that ends the e-mail is on its way. Before that the server cannot send anything; from then on it may have.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>The server has it and said so; what comes after is manners.</summary>
    public bool IsAccepted { get; private set; }

    /// <exception cref="SmtpRefusalException">The server says no, at whatever step.</exception>
    /// <exception cref="IOException">The connection ended, or what came is not SMTP.</exception>
    /// <exception cref="SocketException">There is no connection.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">There is no TLS.</exception>
    public async Task SendAsync(string from, string to, string mail, CancellationToken ct)
    {
        await OpenAsync(ct);
        await AuthenticateAsync(ct);
        await CommandAsync($"MAIL FROM:<{from}>", ct);
        await CommandAsync($"RCPT TO:<{to}>", ct);
        await CommandAsync("DATA", ct);
        await lines.WriteBytesAsync(Encoding.ASCII.GetBytes(DotStuffed(mail)), ct);
        IsHandedOver = true;
        await lines.WriteAsync(".", ct);
        await ReplyAsync(ct);
        IsAccepted = true;
        await lines.WriteAsync("QUIT", ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is not null) await stream.DisposeAsync();
    }

    /// <summary>Lines that begin with a dot get a second one (RFC 5321, 4.5.2), and the last line ends.</summary>
    internal static string DotStuffed(string mail)
    {
        var whole = mail.EndsWith("\r\n", StringComparison.Ordinal) ? mail : mail + "\r\n";
        var stuffed = whole.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        return stuffed.StartsWith('.') ? "." + stuffed : stuffed;
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        Use(await server.ConnectAsync(new System.Net.DnsEndPoint(account.Host, account.Port), ct));
        if (account.Security == SmtpSecurity.Tls) await SecureAsync(ct);
        await ReplyAsync(ct);
        await HelloAsync(ct);
        if (account.Security != SmtpSecurity.StartTls) return;

        if (!offers.Any(o => o.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase))) throw new System.Security.Authentication.AuthenticationException("The server offers no TLS.");
        await CommandAsync("STARTTLS", ct);
        if (lines.HasUnread) throw new IOException("Something was said between STARTTLS and TLS.");
        await SecureAsync(ct);
        await HelloAsync(ct);
    }

    private async Task SecureAsync(CancellationToken ct)
    {
        var secured = new SslStream(stream!, leaveInnerStreamOpen: false);
        Use(secured);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = account.Host, RemoteCertificateValidationCallback = server.Trusts }, ct);
    }

    private void Use(Stream with) => (stream, lines) = (with, new SmtpLines(with));

    private async Task HelloAsync(CancellationToken ct) => offers = (await CommandAsync("EHLO localhost", ct)).Lines;

    private async Task AuthenticateAsync(CancellationToken ct)
    {
        if (account.UserName is not { } user) return;
        var ways = offers.FirstOrDefault(o => o.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant().Split(' ', '=') ?? [];
        var password = account.Password ?? "";
        if (ways.Contains("LOGIN") && !ways.Contains("PLAIN"))
        {
            await CommandAsync("AUTH LOGIN", ct);
            await CommandAsync(Base64(user), ct);
            await CommandAsync(Base64(password), ct);
        }
        else await CommandAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", ct);
    }

    private async Task<SmtpReply> CommandAsync(string command, CancellationToken ct)
    {
        await lines.WriteAsync(command, ct);
        return await ReplyAsync(ct);
    }

    private async Task<SmtpReply> ReplyAsync(CancellationToken ct)
    {
        var reply = await lines.ReadAsync(ct);
        return reply.IsGood ? reply : throw new SmtpRefusalException(reply.Code);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

/// <param name="code">400 to 599. What the server said beside it is not kept: it quotes addresses.</param>
internal sealed class SmtpRefusalException(int code) : Exception($"The mail server answered {code}.")
{
    public int Code => code;
}
