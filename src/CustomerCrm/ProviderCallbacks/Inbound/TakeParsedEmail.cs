using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Mime;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>POST /callbacks/email/parsed/{token}: SendGrid's Inbound Parse, whole (<c>email</c>) or taken apart (<c>headers</c>, <c>text</c>, <c>html</c>).</summary>
internal static class TakeParsedEmail
{
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, InboundDesk desk, TenantDb db, TimeProvider clock, InboundFiles files, CancellationToken ct)
    {
        await door.OpenAsync(http, ct, ProviderKind.SendGrid, ProviderKind.Smtp);
        var form = MimeForm.Read(http.Request.ContentType, await CallbackDoor.ReadAsync(http, CallbackDoor.MostOfMail, ct))
            ?? throw ApiProblem.Other(415, "media_type_unsupported", "Send multipart/form-data.");
        if (TakeRawEmail.Of(form.Fields.GetValueOrDefault("email") ?? Rebuilt(form), clock.GetUtcNow()) is { } message) await files.WithFilesAsync(message, whole => db.InTransactionAsync(() => desk.TakeAsync(whole, ct), ct), ct);
        return TypedResults.NoContent();
    }

    // As the e-mail that it was, so that one reader decides what an e-mail says. Each field is in a charset that a field of its own names.
    private static byte[] Rebuilt(MimeForm form)
    {
        var isText = form.Fields.TryGetValue("text", out var text);
        var body = text ?? form.Fields.GetValueOrDefault("html") ?? [];
        var charset = CharsetOf(form, isText ? "text" : "html");
        var mail = new StringBuilder();
        foreach (var line in Encoding.UTF8.GetString(form.Fields.GetValueOrDefault("headers") ?? []).ReplaceLineEndings("\n").Split('\n'))
            if (line.Length > 0 && !line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !(mail.Length == 0 && line[0] is ' ' or '\t')) mail.Append(line).Append("\r\n");
        foreach (var (header, field) in new[] { ("From", "from"), ("To", "to"), ("Subject", "subject") })
            if (!mail.ToString().Contains($"{header}:", StringComparison.OrdinalIgnoreCase) && form.Fields.TryGetValue(field, out var value)) mail.Append(header).Append(": ").Append(Encoding.UTF8.GetString(value).ReplaceLineEndings(" ")).Append("\r\n");
        var boundary = $"=_{Guid.CreateVersion7():N}";
        mail.Append($"Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\nContent-Type: text/{(isText ? "plain" : "html")}; charset={charset}\r\n\r\n");
        using var whole = new MemoryStream();
        whole.Write(Encoding.UTF8.GetBytes(mail.ToString()));
        whole.Write(body);
        foreach (var file in form.Attached)
        {
            whole.Write(Encoding.UTF8.GetBytes($"\r\n--{boundary}\r\nContent-Type: {file.MediaType}\r\nContent-Disposition: attachment; filename=\"{(file.Name ?? "").Replace('"', ' ')}\"\r\n{(file.Encoding is null ? "" : $"Content-Transfer-Encoding: {file.Encoding}\r\n")}\r\n"));
            whole.Write(file.Raw.Span);
        }
        whole.Write(Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n"));
        return whole.ToArray();
    }

    private static string CharsetOf(MimeForm form, string field)
    {
        try
        {
            using var charsets = JsonDocument.Parse(form.Fields.GetValueOrDefault("charsets") ?? "{}"u8.ToArray());
            return JsonText.Of(charsets.RootElement, field) is { Length: > 0 and < 40 } charset && charset.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? charset : "utf-8";
        }
        catch (JsonException)
        {
            return "utf-8";
        }
    }
}
