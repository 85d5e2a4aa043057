using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Platform.Mime;

/// <summary>
/// An e-mail as it goes over the wire (RFC 5322, RFC 2045 to 2047): ASCII lines that end in CRLF, text and HTML as alternatives, the same bytes at
/// every attempt but for the date.
/// </summary>
internal static class MimeWriter
{
    private const int Fold = 76;

    // What the message itself decides cannot be said a second time.
    private static readonly HashSet<string> ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Return-Path", "Received",
    };

    /// <param name="message">What is said, and to whom.</param>
    /// <param name="from">The address it comes from.</param>
    /// <param name="fromName">Whose that is.</param>
    /// <param name="date">When it was written.</param>
    public static string Write(EmailMessage message, string from, string? fromName, DateTimeOffset date)
    {
        var mail = new StringBuilder(message.Text.Length + (message.Html?.Length ?? 0) + 1024);
        Header(mail, "From", Address(from, fromName));
        Header(mail, "To", Address(message.To, message.ToName));
        if (message.ReplyTo is { } replyTo) Header(mail, "Reply-To", Address(replyTo, null));
        Header(mail, "Subject", EncodedWords.Write(HeaderText.OneLine(message.Subject)));
        Header(mail, "Date", date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(mail, "Message-ID", $"<{HeaderText.OneLine(message.MessageId)}>");
        Header(mail, "X-Dedupe-Id", HeaderText.OneLine(message.DedupeId));
        foreach (var (name, value) in message.Headers)
            if (HeaderText.IsName(name) && !ours.Contains(name)) Header(mail, name, EncodedWords.Write(HeaderText.OneLine(value)));
        Header(mail, "MIME-Version", "1.0");

        if (message.Files.Count == 0) return Body(mail, message).ToString();
        var boundary = BoundaryOf(message, "files");
        Header(mail, "Content-Type", $"multipart/mixed; boundary=\"{boundary}\"");
        mail.Append("\r\n");
        Body(mail.Append("--").Append(boundary).Append("\r\n"), message);
        foreach (var file in message.Files) File(mail.Append("\r\n--").Append(boundary).Append("\r\n"), file);
        return mail.Append("\r\n--").Append(boundary).Append("--\r\n").ToString();
    }

    // No line of quoted-printable or base64 can hold "=_", so the boundary is in no part.
    private static string BoundaryOf(EmailMessage message, string of) => $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}{message.MessageId}")).AsSpan(0, 12))}";

    private static StringBuilder Body(StringBuilder mail, EmailMessage message)
    {
        if (message.Html is not { Length: > 0 } html) return Part(mail, "text/plain", message.Text);
        var boundary = BoundaryOf(message, "");
        Header(mail, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        mail.Append("\r\n");
        Part(mail.Append("--").Append(boundary).Append("\r\n"), "text/plain", message.Text);
        Part(mail.Append("\r\n--").Append(boundary).Append("\r\n"), "text/html", html);
        return mail.Append("\r\n--").Append(boundary).Append("--\r\n");
    }

    // The name in UTF-8 and percent-encoded (RFC 2231), which is ASCII whatever it is.
    private static void File(StringBuilder mail, EmailFile file)
    {
        Header(mail, "Content-Type", HeaderText.OneLine(file.MediaType));
        Header(mail, "Content-Transfer-Encoding", "base64");
        Header(mail, "Content-Disposition", $"attachment; filename*=UTF-8''{Uri.EscapeDataString(HeaderText.OneLine(file.Name))}");
        mail.Append("\r\n").Append(Convert.ToBase64String(file.Content.Span, Base64FormattingOptions.InsertLineBreaks)).Append("\r\n");
    }

    private static StringBuilder Part(StringBuilder mail, string mediaType, string text)
    {
        Header(mail, "Content-Type", $"{mediaType}; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "quoted-printable");
        return mail.Append("\r\n").Append(TransferEncodings.WriteQuotedPrintable(text)).Append("\r\n");
    }

    private static string Address(string address, string? name)
    {
        var bare = HeaderText.OneLine(address);
        if (string.IsNullOrWhiteSpace(name)) return bare;
        var shown = HeaderText.OneLine(name);
        var quoted = HeaderText.IsAscii(shown) ? $"\"{shown.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : EncodedWords.Write(shown);
        return $"{quoted} <{bare}>";
    }

    // Long lines are folded before a space; one long word (an address) stays whole.
    private static void Header(StringBuilder mail, string name, string value)
    {
        mail.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var word in value.Split(' '))
        {
            if (column + 1 + word.Length > Fold && column > name.Length + 1 && word.Length > 0)
            {
                mail.Append("\r\n");
                column = 0;
            }
            mail.Append(' ').Append(word);
            column += 1 + word.Length;
            if (word.Contains("\r\n", StringComparison.Ordinal)) column = 0; // encoded words fold by themselves
        }
        mail.Append("\r\n");
    }
}
