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
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, InboundDesk desk, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        await door.OpenAsync(http, ct, ProviderKind.SendGrid, ProviderKind.Smtp);
        var form = MimeForm.Read(http.Request.ContentType, await CallbackDoor.ReadAsync(http, CallbackDoor.MostOfMail, ct))
            ?? throw ApiProblem.Other(415, "media_type_unsupported", "Send multipart/form-data.");
        if (TakeRawEmail.Of(form.Fields.GetValueOrDefault("email") ?? Rebuilt(form), clock.GetUtcNow()) is { } message) await db.InTransactionAsync(() => desk.TakeAsync(message, ct), ct);
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
        var files = new StringBuilder("\r\n");
        foreach (var file in form.Files) files.Append($"--{boundary}\r\nContent-Disposition: attachment; filename=\"{file.Replace('"', ' ')}\"\r\n\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(mail.ToString()), .. body, .. Encoding.UTF8.GetBytes($"{files}--{boundary}--\r\n")];
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
