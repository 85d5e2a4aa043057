using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerCrm.Platform.Mime;

/// <summary>
/// Reads e-mail (RFC 5322, RFC 2045 to 2047) from anybody: whatever comes becomes a message of bounded size in bounded time, and nothing throws. Of
/// alternatives the plain text is taken, else the text of the HTML; files are kept as they came.
/// </summary>
public static partial class MimeReader
{
    private const int MostText = 100_000, MostParts = 100, MostDepth = 8, MostNamed = 50, MostAnswers = 20, MostFiles = 20;

    // What says where it went: to whom it is addressed, and what servers on the way add.
    private static readonly string[] recipients = ["To", "Cc", "Delivered-To", "X-Original-To", "X-Envelope-To"];

    public static MimeMessage Read(byte[] mail)
    {
        var headers = MimeHeaders.Read(mail, out var bodyAt);
        var found = new Parts();
        Walk(headers, mail.AsMemory(bodyAt), found, 0);
        var (from, fromName) = AddressOf(headers["From"]);
        return new MimeMessage
        {
            From = from,
            FromName = fromName,
            To = [.. recipients.SelectMany(name => Addresses(headers[name])).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNamed)],
            Subject = headers["Subject"] is { } subject ? HeaderText.OneLine(EncodedWords.Read(subject)) : null,
            MessageId = IdsIn(headers["Message-ID"]).FirstOrDefault(),
            Answers = [.. IdsIn(headers["In-Reply-To"]).Concat(IdsIn(headers["References"]).Reverse()).Distinct().Take(MostAnswers)],
            Date = DateTimeOffset.TryParse(Comment().Replace(headers["Date"] ?? "", ""), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.ToUniversalTime() : null,
            Text = Cut(found.Plain ?? (found.Html is { } html ? HtmlText.Of(html) : "")),
            Attachments = found.Attachments,
            Files = found.Files,
            IsAutomatic = AutomaticMail.IsAutomatic(headers),
            IsBulk = AutomaticMail.IsBulk(headers),
        };
    }

    /// <summary>The address of <c>"Ada Byron" &lt;ada@example.com&gt;</c>, and the name.</summary>
    public static (string? Address, string? Name) AddressOf(string? header)
    {
        if (header is null) return (null, null);
        var open = header.IndexOf('<');
        var close = open < 0 ? -1 : header.IndexOf('>', open);
        if (close < 0) return (Bare().Match(header) is { Success: true } bare ? bare.Value : null, null);
        var name = HeaderText.OneLine(EncodedWords.Read(header[..open].Trim().Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal)));
        return (Bare().Match(header[open..close]) is { Success: true } match ? match.Value : null, name.Length > 0 ? name : null);
    }

    private static IEnumerable<string> Addresses(string? header) => header is null ? [] : Bare().Matches(header).Select(m => m.Value);

    private static IEnumerable<string> IdsIn(string? header) => header is null ? [] : Bracketed().Matches(header).Select(m => m.Groups[1].Value);

    private static void Walk(MimeHeaders headers, ReadOnlyMemory<byte> body, Parts found, int depth)
    {
        if (found.Count++ >= MostParts) return;
        var type = headers.MediaType;
        if (type.StartsWith("multipart/", StringComparison.Ordinal) && depth < MostDepth && headers.Parameter("Content-Type", "boundary") is { Length: > 0 and <= 200 } boundary)
        {
            foreach (var part in MimeParts.Split(body, boundary))
            {
                var inner = MimeHeaders.Read(part.Span, out var bodyAt);
                Walk(inner, part[bodyAt..], found, depth + 1);
            }
            return;
        }
        var name = headers.Parameter("Content-Disposition", "filename") ?? headers.Parameter("Content-Type", "name");
        var isFile = headers["Content-Disposition"]?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true || name is not null;
        if (isFile || type is not ("text/plain" or "text/html"))
        {
            if (found.Attachments.Count < MostNamed) found.Attachments.Add(NameOf(name) ?? type);
            if (found.Files.Count < MostFiles) found.Files.Add(new MimeFile(NameOf(name), type, body, headers["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant()));
            return;
        }
        if (type == "text/plain") found.Plain ??= TextOf(headers, body);
        else found.Html ??= TextOf(headers, body);
    }

    private static string TextOf(MimeHeaders headers, ReadOnlyMemory<byte> body)
    {
        var most = body.Span[..Math.Min(body.Length, MostText * 6)];
        var bytes = headers["Content-Transfer-Encoding"]?.Trim().ToLowerInvariant() switch
        {
            "base64" => TransferEncodings.Base64(most),
            "quoted-printable" => TransferEncodings.QuotedPrintable(most),
            _ => most.ToArray(),
        };
        return Charsets.Of(headers.Parameter("Content-Type", "charset")).GetString(bytes);
    }

    private static string? NameOf(string? name)
    {
        return name is null ? null : HeaderText.OneLine(EncodedWords.Read(name)).BeginningOrNull(100);
    }

    // No control character but the ends of lines: what stores it refuses them.
    private static string Cut(string text) => Controls().Replace(text.ReplaceLineEndings("\n"), "").Trim().Beginning(MostText);

    private sealed class Parts
    {
        public int Count { get; set; }
        public string? Plain { get; set; }
        public string? Html { get; set; }
        public List<string> Attachments { get; } = [];
        public List<MimeFile> Files { get; } = [];
    }

    [GeneratedRegex(@"[^\s<>,;:""()\[\]\\]{1,64}@[^\s<>,;:""()\\]{1,190}", RegexOptions.None, 1000)]
    private static partial Regex Bare();

    [GeneratedRegex("<([^<>\\s]{1,900})>", RegexOptions.None, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.None, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]")]
    private static partial Regex Controls();
}
