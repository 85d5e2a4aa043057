using CustomerCrm.Attachments;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Conversations.Media;

/// <summary>Fetch a file of a message.</summary>
public sealed record FetchMedia(Id<ConversationEntry> EntryId, int Position);

/// <summary>
/// The file is fetched and kept outside of any transaction; then it becomes part of its entry in one, unless the entry is gone or was redacted meanwhile: then the
/// file is forgotten within a day, like every one that nobody used. An attempt that did not succeed stands on the entry, and is made again as every job is.
/// </summary>
internal sealed class FetchMediaJob(TenantDb db, MediaBook book, MediaCall call, AttachmentKeeper keeper, AttachmentTies ties, EntryReader reader, EventLog events) : IJob<FetchMedia>
{
    public async Task RunAsync(FetchMedia work, CancellationToken ct)
    {
        if (await book.FindAsync(work.EntryId, work.Position, ct) is not { State: MediaState.Waiting } media) return;
        var answer = await call.FetchAsync(media.Url, ct);
        if (answer.Content is not { } content)
        {
            await EndAsync(media, answer.IsFinal ? MediaState.Failed : MediaState.Waiting, answer.Reason, null, ct);
            if (!answer.IsFinal) throw new JobFailedException(answer.Reason!);
            return;
        }
        using var file = new MemoryStream(content, writable: false);
        var kept = await keeper.TryKeepAsync(file, NameOf(media), ct);
        await EndAsync(media, kept is null ? MediaState.Failed : MediaState.Fetched, kept is null ? content.Length == 0 ? "empty" : "attachment_type" : null, kept, ct);
    }

    private Task EndAsync(EntryMedia media, MediaState state, string? reason, Attachment? kept, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (!await book.EndAsync(media, state, reason, ct)) return;
        var (conversationId, entryId) = (Id<Conversation>.FromBytes(media.ConversationId), Id<ConversationEntry>.FromBytes(media.EntryId));
        var entry = await reader.FindAsync(conversationId, entryId, ct);
        if (kept is not null) await ties.TieAsync([kept], media.ConversationId, media.EntryId, entry.CustomerId, ct);
        if (state == MediaState.Waiting) return;
        var told = await reader.FindAsync(conversationId, entryId, ct);
        events.Record(kept is null ? "conversation.file_failed" : "conversation.file_received", told, told.CustomerId.Value);
    }, ct);

    internal static string NameOf(EntryMedia media)
    {
        var kind = (media.MediaType ?? "").Split(';')[0].Split('/')[^1].ToLowerInvariant() switch
        {
            "jpeg" => "jpg", "quicktime" => "mov", "mpeg" => "mp3", "3gpp" => "3gp", "x-vcard" or "vcard" => "vcf", "plain" => "txt", "svg+xml" => "svg", var other => other,
        };
        return FormattableString.Invariant($"media-{media.Position}{(kind.Length is > 0 and <= 5 && kind.All(char.IsAsciiLetterOrDigit) ? $".{kind}" : "")}");
    }
}
