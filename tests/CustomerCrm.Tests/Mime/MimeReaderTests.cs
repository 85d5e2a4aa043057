using System.Diagnostics;
using System.Text;
using CustomerCrm.Platform.Mime;

namespace CustomerCrm.Tests.Mime;

public class MimeReaderTests
{
    [Test]
    public void Of_alternatives_the_plain_text_is_taken_and_files_are_named()
    {
        var mail = Read("""
            From: =?ISO-8859-1?Q?J=F6rg_M=FCller?= <joerg@example.com>
            To: "Shop, The" <shop@example.com>, help@example.com
            Subject: =?utf-8?B?R3LDvMOf?=
             =?utf-8?Q?e?= aus Wien
            Date: Thu, 26 Nov 2026 10:00:00 +0100 (CET)
            Message-ID: <abc@mail.example>
            In-Reply-To: <msg_1@shop.example>
            References: <first@shop.example> <msg_1@shop.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="a;b"

            A preamble that nobody sees.
            --a;b
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=windows-1252
            Content-Transfer-Encoding: quoted-printable

            Das kostet =80 5, sagte er =96 sch=F6n.=
             Danke!
            --inner
            Content-Type: text/html; charset=utf-8

            <p>Anders</p>
            --inner--
            --a;b
            Content-Type: application/pdf; name="Rechnung.pdf"
            Content-Disposition: attachment; filename="=?utf-8?B?UmVjaG51bmcgw7xiZXIucGRm?="
            Content-Transfer-Encoding: base64

            JVBERi0=
            --a;b--
            """);

        Assert.That((mail.From, mail.FromName, mail.Subject, mail.MessageId), Is.EqualTo(("joerg@example.com", "Jörg Müller", "Grüße aus Wien", "abc@mail.example")));
        Assert.That(mail.Text, Is.EqualTo("Das kostet € 5, sagte er – schön. Danke!"));
        Assert.That(mail.Attachments, Is.EqualTo(new[] { "Rechnung über.pdf" }));
        Assert.That(mail.Answers, Is.EqualTo(new[] { "msg_1@shop.example", "first@shop.example" }));
        Assert.That(mail.To, Is.EqualTo(new[] { "shop@example.com", "help@example.com" }));
        Assert.That(mail.Date, Is.EqualTo(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero)));
        Assert.That(mail.IsAutomatic, Is.False);
    }

    [TestCase("Auto-Submitted: auto-generated", true, false)]
    [TestCase("Auto-Submitted: Auto-Replied (away); owner-email=x@y.example", true, false)]
    [TestCase("Auto-Submitted: no", false, false)]
    [TestCase("Auto-Submitted: no (a person); x=y", false, false)]
    [TestCase("Auto-Submitted: notification", true, false)]
    [TestCase("Return-Path: <>", true, false)]
    [TestCase("Return-Path: <ada@example.com>", false, false)]
    [TestCase("Precedence: bulk", false, true)]
    [TestCase("Precedence: LIST", false, true)]
    [TestCase("Precedence: junk", false, true)]
    [TestCase("Precedence: first-class", false, false)]
    [TestCase("List-Id: Tea lovers <tea.example.com>", false, true)]
    [TestCase("X-Auto-Response-Suppress: DR, AutoReply", false, true)]
    [TestCase("X-Auto-Response-Suppress: DR", false, false)]
    public void An_e_mail_says_itself_whether_a_program_may_answer_it(string header, bool isAutomatic, bool isBulk)
    {
        var mail = Read($"From: ada@example.com\n{header}\n\nHello");

        Assert.That((mail.IsAutomatic, mail.IsBulk), Is.EqualTo((isAutomatic, isBulk)));
    }

    [Test]
    public void Html_alone_becomes_its_words()
    {
        var mail = Read("""
            From: ada@example.com
            Auto-Submitted: auto-replied
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHN0eWxlPnAgeyBjb2xvcjogcmVkIH08L3N0eWxlPjxwPkhlbGxvICZhbXA7IHdlbGNvbWU8L3A+PCEtLSBubyAtLT48cD5CeWU8YnI+Tm93PC9wPjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD4=
            """);

        Assert.That(mail.Text, Is.EqualTo("Hello & welcome\nBye\nNow"));
        Assert.That(mail.IsAutomatic, Is.True);
    }

    [TestCase("utf-8", new byte[] { 0xc3, 0xa4 }, "ä")]
    [TestCase("iso-8859-1", new byte[] { 0xe4 }, "ä")]
    [TestCase("windows-1252", new byte[] { 0x80 }, "€")]
    [TestCase("x-unknown", new byte[] { 0xc3, 0xa4 }, "ä")]
    [TestCase("x-unknown", new byte[] { 0xe4 }, "ä")]
    public void Charsets_that_people_use_are_read(string charset, byte[] body, string text)
    {
        byte[] mail = [.. Encoding.ASCII.GetBytes($"From: a@example.com\r\nContent-Type: text/plain; charset=\"{charset}\"\r\n\r\n"), .. body];

        Assert.That(MimeReader.Read(mail).Text, Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("\r\n\r\n")]
    [TestCase("From: ")]
    [TestCase("From: <@>\r\nSubject: =?utf-8?B?\r\n\r\nx")]
    [TestCase("Subject: =?utf-8?X?abc?= =?bad\r\nDate: 99 Foo\r\n\r\n")]
    [TestCase("Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\n----")]
    [TestCase("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x")]
    [TestCase("Content-Transfer-Encoding: base64\r\n\r\n%%%=\r\n=A")]
    [TestCase("Content-Type: text/html\r\n\r\n<<<<<!-- <script><p")]
    [TestCase("Content-Type: text/html\r\n\r\n<")]
    public void Whatever_comes_becomes_a_message(string mail)
    {
        var read = MimeReader.Read(Encoding.UTF8.GetBytes(mail));

        Assert.That(read.Text, Does.Not.Match("[\\x00-\\x08]"));
    }

    [Test]
    public void Noise_of_any_kind_becomes_a_message()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            byte[] mail = [.. Encoding.ASCII.GetBytes("From: a@example.com\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"), .. noise];

            Assert.That(MimeReader.Read(mail).From, Is.EqualTo("a@example.com"));
        }
    }

    [Test]
    public void Bombs_are_read_in_bounded_time_and_size()
    {
        var nested = new StringBuilder();
        for (var i = 0; i < 2000; i++) nested.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        var parts = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 100_000));
        var headers = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\n\r\n";
        var unclosed = "Content-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<!--<script>", 100_000));
        var long1 = "From: a@example.com\r\n\r\n" + new string('x', 9 << 20);
        var quoted = "Subject: " + string.Concat(Enumerable.Repeat("=?utf-8?", 20_000)) + "\r\n\r\n";
        var watch = Stopwatch.StartNew();

        foreach (var bomb in new[] { nested.ToString(), parts, headers, unclosed, long1, quoted })
            Assert.That(MimeReader.Read(Encoding.ASCII.GetBytes(bomb)).Text.Length, Is.LessThanOrEqualTo(100_000));

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void A_form_gives_its_fields_as_bytes_and_its_files_by_name()
    {
        byte[] body = [.. "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nsch"u8, 0xf6, .. "n\r\n--x\r\nContent-Disposition: form-data; name=\"attachment1\"; filename=\"a.pdf\"\r\n\r\nPDF\r\n--x--\r\n"u8];

        var form = MimeForm.Read("multipart/form-data; boundary=x", body)!;

        Assert.That(form.Fields["text"], Is.EqualTo(new byte[] { (byte)'s', (byte)'c', (byte)'h', 0xf6, (byte)'n' }));
        Assert.That(form.Files, Is.EqualTo(new[] { "a.pdf" }));
        Assert.That(MimeForm.Read("application/json", body), Is.Null);
    }

    private static MimeMessage Read(string mail) => MimeReader.Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
}
