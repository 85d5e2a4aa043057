using System.Net;
using System.Text;
using System.Text.Json;
using CustomerCrm.Attachments;
using CustomerCrm.Tests.Conversations;
using CustomerCrm.Tests.ProviderCallbacks;

namespace CustomerCrm.Tests.Attachments;

public class AttachmentTests
{
    private static readonly byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [TestCase("photo.png", "image/png")]
    [TestCase("photo.pdf", "image/png", Description = "what counts is what it holds")]
    [TestCase("photo.exe", null, Description = "but what Windows runs is never kept")]
    [TestCase("photo.exe. ", null)]
    public void A_picture_is_known_by_how_it_begins(string name, string? expected) => Assert.That(FileSniffing.Of(png, name), Is.EqualTo(expected));

    [TestCase("MZ\u0090", "setup.png", null)]
    [TestCase("#!/bin/sh\nrm -rf /", "note.txt", null)]
    [TestCase("<html><script>alert(1)</script>", "page.html", "text/plain")]
    [TestCase("<svg onload=alert(1)>", "logo.svg", "text/plain")]
    [TestCase("a,b\n1,2\n", "list.csv", "text/csv")]
    [TestCase("a\0b", "list.csv", null)]
    [TestCase("", "empty.txt", null)]
    [TestCase("PK\u0003\u0004....", "letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [TestCase("PK\u0003\u0004....", "letter.dat", "application/zip")]
    [TestCase("PK\u0003\u0004....", "letter.jar", null)]
    [TestCase("RIFF....WEBPVP8 ", "x", "image/webp")]
    public void Programs_are_refused_and_markup_is_text(string content, string name, string? expected) => Assert.That(FileSniffing.Of(Encoding.Latin1.GetBytes(content), name), Is.EqualTo(expected));

    [Test]
    public void Text_that_is_cut_in_the_middle_of_a_character_is_still_text()
    {
        var head = Encoding.UTF8.GetBytes(new string('x', FileSniffing.HeadLength - 1) + "ü")[..FileSniffing.HeadLength];

        Assert.That(FileSniffing.Of(head, "a.txt"), Is.EqualTo("text/plain"));
        Assert.That(FileSniffing.Of(head[..^10].Append((byte)0xC3).ToArray(), "a.txt"), Is.Null, "cut off nowhere, it is broken");
    }

    [TestCase("../../etc/passwd", "passwd")]
    [TestCase("C:\\Users\\ada\\receipt.pdf", "receipt.pdf")]
    [TestCase("evil\u202Efdp.exe\r\n", "evilfdp.exe")]
    [TestCase("...", "file")]
    [TestCase(null, "file")]
    public void A_name_holds_no_path_and_nothing_that_cannot_be_seen(string? sent, string expected) => Assert.That(AttachmentKeeper.NameOf(sent), Is.EqualTo(expected));

    [Test]
    public async Task A_file_is_kept_shown_and_opened_by_a_signed_link_alone()
    {
        var tenant = await TestTenant.NewAsync();
        var id = await SomeConversations.UploadAsync(tenant, "Rechnung für Ada.png", png, "image/png");

        var shown = await tenant.GetAsync<JsonElement>($"/v1/attachments/{id}");
        var link = new Uri((await tenant.CreateAsync<JsonElement>($"/v1/attachments/{id}/link", new { })).Text("url")!).PathAndQuery;
        var opened = await TestApi.NewClient().GetAsync(link);
        var forged = await TestApi.NewClient().GetAsync(link[..^2] + (link[^2] == 'A' ? "B" : "A") + link[^1]);

        Assert.That((shown.Text("file_name"), shown.Text("media_type"), shown.GetProperty("bytes").GetInt64()), Is.EqualTo(("Rechnung für Ada.png", "image/png", 11)));
        Assert.That(await opened.Content.ReadAsByteArrayAsync(), Is.EqualTo(png));
        Assert.That(opened.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(opened.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("sandbox"));
        Assert.That(opened.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await TestApi.NewClient().GetAsync($"/v1/attachments/{id}/file")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_program_and_what_says_nothing_of_itself_are_refused_and_leave_nothing()
    {
        var tenant = await TestTenant.NewAsync();

        Assert.That(await ReplyTests.ErrorsAsync(await SomeConversations.TryUploadAsync(tenant.Http, "a.png", "MZ\0\0"u8.ToArray(), "image/png")), Is.EqualTo(new[] { ("", "attachment_type") }));
        Assert.That((await SomeConversations.TryUploadAsync(tenant.Http, "a.png", png, "application/x-msdownload")).StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [Test]
    public async Task The_files_of_an_email_are_kept_and_an_answers_files_go_along()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        var mail = $"From: {address}\r\nSubject: Photo\r\nMessage-ID: <p1@mail.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the photo.\r\n"
            + $"--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"broken.png\"\r\n\r\n{Convert.ToBase64String(png)}\r\n"
            + $"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"virus.pdf\"\r\n\r\n{Convert.ToBase64String("MZ\0\0"u8)}\r\n--b--\r\n";

        for (var i = 0; i < 2; i++) await bench.PostAsync("inbound_raw_url", new ByteArrayContent(Encoding.ASCII.GetBytes(mail)));
        var conversation = (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!;
        var entry = (await SomeConversations.EntriesAsync(bench.Tenant, conversation)).Single();

        Assert.That(entry.Text("text"), Is.EqualTo("See the photo.\n\n[Left out: virus.pdf]"));
        var file = entry.GetProperty("attachments").EnumerateArray().Single();
        Assert.That((file.Text("file_name"), file.Text("media_type")), Is.EqualTo(("broken.png", "image/png")));
        Assert.That(await (await bench.Tenant.Http.GetAsync($"/v1/attachments/{file.Text("id")}/file")).Content.ReadAsByteArrayAsync(), Is.EqualTo(png));

        var label = await SomeConversations.UploadAsync(bench.Tenant, "Rücksendung.pdf", "%PDF-1.7"u8.ToArray());
        await SomeConversations.ReplyAsync(bench.Tenant, conversation, new { text = "Use this label.", attachment_ids = new[] { label } });
        await TestApi.RunJobsAsync();
        var attached = SomeConversations.SentBy(bench).Single().GetProperty("attachments").EnumerateArray().Single();
        Assert.That((attached.Text("filename"), attached.Text("type"), attached.Text("content")), Is.EqualTo(("Rücksendung.pdf", "application/pdf", Convert.ToBase64String("%PDF-1.7"u8))));
    }

    [Test]
    public async Task The_files_of_a_parsed_email_are_kept_too()
    {
        var (bench, address) = (await CallbackBench.SendGridAsync(), ThreadingTests.Address());
        using var form = new MultipartFormDataContent("xYz")
        {
            { new StringContent($"Message-ID: <pp1@mail.example>\r\nFrom: {address}"), "headers" }, { new StringContent("See the photo."), "text" }, { new StringContent("Photo"), "subject" },
            { new ByteArrayContent(png), "attachment1", "broken.png" },
        };

        await bench.PostAsync("inbound_parse_url", form);

        var entry = (await SomeConversations.EntriesAsync(bench.Tenant, (await SomeConversations.ConversationsAsync(bench.Tenant)).Single().Text("id")!)).Single();
        var file = entry.GetProperty("attachments").EnumerateArray().Single();
        Assert.That(await (await bench.Tenant.Http.GetAsync($"/v1/attachments/{file.Text("id")}/file")).Content.ReadAsByteArrayAsync(), Is.EqualTo(png));
    }
}
