using System.Text;
using CustomerCrm.Platform.Mime;
using CustomerCrm.Platform.Outbound;

namespace CustomerCrm.Tests.Mime;

public class MimeWriterTests
{
    private static readonly DateTimeOffset date = new(2026, 11, 26, 9, 5, 0, TimeSpan.FromHours(1));

    private static readonly EmailMessage message = new()
    {
        To = "ada@example.com", ToName = "Ada Byron", Subject = "Grüße aus dem Teeladen und noch viel mehr, denn ein Betreff darf lang sein: 🍵🍵🍵",
        Text = "Zeile eins\n.Zeile zwei = zwei \nschön\n", Html = "<p>schön</p>", MessageId = "msg_1@shop.example", DedupeId = "msg_1",
    };

    [Test]
    public void What_is_written_is_ascii_lines_of_bearable_length()
    {
        var mail = Write(message);

        Assert.That(mail, Does.Match("^[\\x20-\\x7e\\r\\n]+$"));
        Assert.That(mail.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n").And.Not.Contain("\r"));
        Assert.That(mail.Split("\r\n").Max(line => line.Length), Is.LessThanOrEqualTo(78));
        Assert.That(mail, Does.Contain("Date: Thu, 26 Nov 2026 08:05:00 +0000\r\n"));
    }

    [Test]
    public void What_is_written_can_be_read()
    {
        var read = MimeReader.Read(Encoding.ASCII.GetBytes(Write(message)));

        Assert.That((read.From, read.FromName, read.Subject, read.MessageId), Is.EqualTo(("shop@example.com", "The \"Tea\" Shöp", message.Subject, message.MessageId)));
        Assert.That(read.Text, Is.EqualTo("Zeile eins\n.Zeile zwei = zwei \nschön"));
        Assert.That(read.To, Is.EqualTo(new[] { "ada@example.com" }));
        Assert.That(read.Date, Is.EqualTo(date));
    }

    [Test]
    public void Every_attempt_writes_the_same()
    {
        var first = Write(message);

        Assert.That(Write(message), Is.EqualTo(first));
    }

    [TestCase("Hello\r\nBcc: eve@example.com")]
    [TestCase("Hello\nBcc: eve@example.com")]
    [TestCase("Hello\rBcc: eve@example.com")]
    [TestCase("Hello\u2028Bcc: eve@example.com")]
    [TestCase("Hello\u0085Bcc: eve@example.com")]
    [TestCase("Hello\0Bcc: eve@example.com")]
    public void No_value_begins_a_header_of_its_own(string evil)
    {
        var mail = Write(message with
        {
            Subject = evil, ToName = evil, FromName = evil, MessageId = $"{evil}@x", DedupeId = evil, ReplyTo = $"{evil}@x",
            Headers = new Dictionary<string, string> { ["X-Shop"] = evil, [$"X-Evil: 1\r\nBcc"] = "eve@example.com", ["Bcc"] = "eve@example.com", ["Subject"] = "Another" },
        });

        var headers = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(':')[0]).ToList();
        Assert.That(headers, Has.None.EqualTo("Bcc").And.Exactly(1).EqualTo("Subject"));
        Assert.That(headers, Is.EquivalentTo(new[] { "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "X-Dedupe-Id", "X-Shop", "MIME-Version", "Content-Type" }));
    }

    [Test]
    public void A_message_without_html_has_one_part() =>
        Assert.That(Write(message with { Html = null }), Does.Not.Contain("multipart").And.Contain("Content-Type: text/plain; charset=utf-8"));

    [Test]
    public void Long_lines_of_any_alphabet_survive_quoted_printable()
    {
        var text = string.Concat(Enumerable.Repeat("日本語 text = ", 200));

        var written = TransferEncodings.WriteQuotedPrintable(text);

        Assert.That(written.Split("\r\n").Max(line => line.Length), Is.LessThanOrEqualTo(76));
        Assert.That(Encoding.UTF8.GetString(TransferEncodings.QuotedPrintable(Encoding.ASCII.GetBytes(written))), Is.EqualTo(text));
    }

    private static string Write(EmailMessage mail) => MimeWriter.Write(mail, "shop@example.com", mail.FromName ?? "The \"Tea\" Shöp", date);
}
