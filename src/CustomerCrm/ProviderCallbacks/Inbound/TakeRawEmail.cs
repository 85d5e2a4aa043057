using System.Security.Cryptography;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Mime;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.ProviderCallbacks.Inbound;

/// <summary>POST /callbacks/email/raw/{token}: an e-mail as it is, from a mail server of the tenant's.</summary>
internal static class TakeRawEmail
{
    internal static async Task<NoContent> Handle(HttpContext http, CallbackDoor door, InboundDesk desk, TenantDb db, TimeProvider clock, InboundFiles files, CancellationToken ct)
    {
        await door.OpenAsync(http, ct, ProviderKind.SendGrid, ProviderKind.Smtp);
        if (Of(await CallbackDoor.ReadAsync(http, CallbackDoor.MostOfMail, ct), clock.GetUtcNow()) is { } message) await files.WithFilesAsync(message, whole => db.InTransactionAsync(() => desk.TakeAsync(whole, ct), ct), ct);
        return TypedResults.NoContent();
    }

    /// <returns>Null: it says of nobody that they wrote it, so it is nobody's.</returns>
    internal static InboundMessage? Of(byte[] raw, DateTimeOffset now)
    {
        var mail = MimeReader.Read(raw);
        return mail.From is not { } from ? null : new InboundMessage
        {
            Channel = MessageChannel.Email,
            From = from,
            FromName = mail.FromName,
            Subject = mail.Subject,
            Text = mail.Text,
            ExternalId = mail.MessageId ?? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw))}",
            Answers = mail.Answers,
            Attachments = mail.Attachments,
            Files = mail.Files,
            To = mail.To,
            IsAutomatic = mail.IsAutomatic,
            IsBulk = mail.IsBulk,
            OccurredAt = mail.Date is { } date && date <= now && date > now.AddDays(-30) ? date : now, // senders' clocks say anything
        };
    }
}
