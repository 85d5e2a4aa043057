using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Templates.Rendering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Messages;

/// <summary>GET and DELETE /messages/{message_id}/content: what was written to the customer, as long as it is kept.</summary>
internal static class ShowContent
{
    internal static async Task<RenderedMessage> Handle([FromRoute(Name = "message_id")] Id<Message> messageId, TenantDb db, CancellationToken ct) =>
        await FindAsync(messageId, db, ct) ?? throw ApiProblem.NotFound("message_content");

    /// <summary>For good. The message stays, with all that became of it. One that has not left would leave without words: it is cancelled.</summary>
    internal static async Task<NoContent> Erase([FromRoute(Name = "message_id")] Id<Message> messageId, MessageEraser eraser, CancellationToken ct)
    {
        await eraser.EraseAsync(messageId, ct);
        return TypedResults.NoContent();
    }

    internal static async Task<RenderedMessage?> FindAsync(Id<Message> messageId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Row>(ById, new { MessageId = messageId }, ct) is { } row ? new RenderedMessage
        {
            Subject = row.Subject, Html = row.Html, Text = row.Text, Sms = row.Sms, Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.HeadersText, StrictJson.Options)!, Files = StoredFile.Read(row.FilesText),
        } : null;

    private sealed record Row
    {
        public string? Subject { get; init; }
        public string? Html { get; init; }
        public string? Text { get; init; }
        public string? Sms { get; init; }
        public required string HeadersText { get; init; }
        public string? FilesText { get; init; }
    }

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT c.Subject, c.Html, c.Text, c.Sms, c.HeadersText, c.FilesText
        FROM MessageContents c
        WHERE c.TenantId = @TenantId
          AND c.MessageId = @MessageId
        """);
}
