using System.Text.Json;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Json;
using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Messages;

/// <summary>Writes messages and moves them along; each step is an event.</summary>
internal sealed class MessageBook(TenantDb db, EventLog events, TimeProvider clock)
{
    private const int LongestTitle = 100;

    public Task<Message?> FindAsync(byte[] dedupeHash, CancellationToken ct) => db.FindAsync<Message>(ByDedupe, new { DedupeHash = dedupeHash }, ct);

    public async Task AddAsync(Message message, RenderedMessage content, byte[]? dedupeHash, CancellationToken ct)
    {
        await db.ExecuteAsync(Insert, new
        {
            message.Id, CustomerId = message.CustomerId?.ToBytes(), message.Channel, message.Purpose, message.TopicText, message.Recipient, message.State, message.Code, message.ReasonKind,
            message.ReasonId, message.ReasonText, TemplateId = message.TemplateId?.ToBytes(), TemplateVersionId = message.TemplateVersionId?.ToBytes(), DedupeHash = dedupeHash, message.Title,
            message.Parts, message.NextAt, message.DecisionText, message.Revision, message.CreatedAt,
        }, ct);
        await db.ExecuteAsync(InsertContent, new
        {
            message.Id, content.Subject, content.Html, content.Text, content.Sms, HeadersText = JsonSerializer.Serialize(content.Headers, StrictJson.Options), FilesText = StoredFile.Write(content.Files),
        }, ct);
        Tell(message);
    }

    /// <summary>To another state, if nobody moved it meanwhile.</summary>
    /// <returns>As it is now; null: somebody else moved it.</returns>
    public async Task<Message?> MoveAsync(Message current, Message wanted, CancellationToken ct)
    {
        var moved = wanted with { Revision = current.Revision + 1, UpdatedAt = clock.GetUtcNow() };
        var changed = await db.ExecuteAsync(Update, new
        {
            moved.Id, moved.State, moved.Code, moved.Provider, moved.ProviderMessageId, moved.NextAt, CountsAt = moved.SentAt ?? moved.NextAt, moved.SentAt, moved.SendDecisionText,
            moved.Title, moved.ContentErasedAt, moved.Revision, moved.UpdatedAt,
        }, ct);
        if (changed == 0) return null;
        if (moved.State != current.State && moved.State != MessageState.Sending) Tell(moved);
        return moved;
    }

    public Task EraseContentAsync(Message message, CancellationToken ct) => db.ExecuteAsync(DeleteContent, new { message.Id }, ct);

    public static string TitleOf(RenderedMessage content) => (content.Subject ?? content.Sms!).Shortened(LongestTitle);

    private void Tell(Message message) => events.Record($"message.{StrictJson.NameOf(message.State)}", message, message.CustomerId?.Value);

    private static readonly TenantSql ByDedupe = Message.Matching.Then("AND m.DedupeHash = @DedupeHash");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Messages (TenantId, Id, CustomerId, Channel, Purpose, Topic, Recipient, State, Code, ReasonKind, ReasonId, ReasonText, TemplateId, TemplateVersionId, DedupeHash, Title,
            Parts, CountsAt, DueAt, DecisionText, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @CustomerId, @Channel, @Purpose, @TopicText, @Recipient, @State, @Code, @ReasonKind, @ReasonId, @ReasonText, @TemplateId, @TemplateVersionId, @DedupeHash, @Title,
            @Parts, @NextAt, @NextAt, @DecisionText, @Revision, @CreatedAt, @CreatedAt)
        """);

    private static readonly TenantSql InsertContent = TenantSql.Of("""
        INSERT INTO MessageContents (TenantId, MessageId, Subject, Html, Text, Sms, HeadersText, FilesText)
        VALUES (@TenantId, @Id, @Subject, @Html, @Text, @Sms, @HeadersText, @FilesText)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Messages
        SET State = @State, Code = @Code, Provider = @Provider, ProviderMessageId = @ProviderMessageId, DueAt = @NextAt, CountsAt = @CountsAt, SentAt = @SentAt,
            SendDecisionText = @SendDecisionText, Title = @Title, ContentErasedAt = @ContentErasedAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql DeleteContent = TenantSql.Of("""
        DELETE FROM MessageContents
        WHERE TenantId = @TenantId
          AND MessageId = @Id
        """);
}
