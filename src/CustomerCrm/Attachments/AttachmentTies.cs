using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Attachments;

/// <summary>Makes uploaded files part of an entry, and says which ones an entry has.</summary>
internal sealed class AttachmentTies(TenantDb db)
{
    /// <param name="ids">Which; each once.</param>
    /// <param name="visitorId">The visitor who uploaded them; null for a user or a program.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>In their order.</returns>
    /// <exception cref="ApiProblem">422: there is none, it is somebody else's, or part of something already.</exception>
    public async Task<IReadOnlyList<Attachment>> UnusedAsync(IReadOnlyList<Id<Attachment>> ids, byte[]? visitorId, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var found = (await db.QueryAsync<Attachment>(Attachment.Matching.And(Condition.In("a.Id", ids.Select(id => id.ToBytes()))), null, ct)).ToDictionary(a => a.Id);
        var errors = new List<FieldError>();
        for (var i = 0; i < ids.Count; i++)
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/attachment_ids/{i}");
            if (!found.TryGetValue(ids[i], out var attachment) || !IsTheirs(attachment, visitorId)) errors.Add(new(pointer, "unknown_attachment", "There is no such attachment."));
            else if (attachment.EntryId is not null || ids.Take(i).Contains(ids[i])) errors.Add(new(pointer, "attachment_used", "This attachment is part of something already. Upload the file again."));
        }
        return errors.Count > 0 ? throw ApiProblem.Invalid(errors) : [.. ids.Select(id => found[id])];
    }

    /// <exception cref="ApiProblem">409: somebody else has just used one of them.</exception>
    public async Task TieAsync(IReadOnlyList<Attachment> attachments, byte[] conversationId, byte[] entryId, Id<Customer> customerId, CancellationToken ct)
    {
        foreach (var attachment in attachments)
        {
            var row = new { attachment.Id, ConversationId = conversationId, EntryId = entryId, CustomerKey = customerId.ToBytes() };
            if (await db.ExecuteAsync(Tie, row, ct) == 0) throw ApiProblem.Conflict("changed_meanwhile", "An attachment was used at the same moment. Nothing was changed; try again.");
            await db.ExecuteAsync(TieFile, row, ct);
        }
    }

    /// <summary>Those of each of the entries, in the order they were uploaded in.</summary>
    public async Task<ILookup<Guid, Attachment>> OfAsync(IReadOnlyCollection<byte[]> entryIds, CancellationToken ct) =>
        (entryIds.Count == 0 ? [] : await db.QueryAsync<Attachment>(Attachment.Matching.And(Condition.In("a.EntryId", entryIds)).Then("ORDER BY a.Id"), null, ct)).ToLookup(a => new Guid(a.EntryId!, bigEndian: true));

    /// <summary>A conversation is another customer's: so are its files.</summary>
    public Task MoveAsync(byte[] conversationId, Id<Customer> to, CancellationToken ct) => db.ExecuteAsync(Move, new { ConversationId = conversationId, CustomerKey = to.ToBytes() }, ct);

    /// <summary>An entry stands in another conversation now, and so do its files.</summary>
    public async Task FollowAsync(byte[] entryId, byte[] conversationId, CancellationToken ct)
    {
        await db.ExecuteAsync(Follow, new { EntryId = entryId, ConversationId = conversationId }, ct);
        await db.ExecuteAsync(FollowFile, new { EntryId = entryId, ConversationId = conversationId }, ct);
    }

    // What a visitor uploaded is for that visitor's messages; what anyone else did, for anyone else's.
    private static bool IsTheirs(Attachment attachment, byte[]? visitorId) =>
        visitorId is null ? attachment.VisitorId is null : attachment.VisitorId is { } owner && owner.AsSpan().SequenceEqual(visitorId);

    private static readonly TenantSql Follow = TenantSql.Of("""
        UPDATE Attachments
        SET ConversationId = @ConversationId
        WHERE TenantId = @TenantId
          AND EntryId = @EntryId
        """);

    private static readonly TenantSql FollowFile = TenantSql.Of("""
        UPDATE AttachmentFiles
        SET ConversationKey = @ConversationId
        WHERE TenantId = @TenantId
          AND AttachmentId IN (SELECT a.Id FROM Attachments a WHERE a.TenantId = @TenantId AND a.EntryId = @EntryId)
        """);

    private static readonly TenantSql Tie = TenantSql.Of("""
        UPDATE Attachments
        SET ConversationId = @ConversationId, EntryId = @EntryId
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND EntryId IS NULL
        """);

    private static readonly TenantSql TieFile = TenantSql.Of("""
        UPDATE AttachmentFiles
        SET CustomerKey = @CustomerKey, ConversationKey = @ConversationId
        WHERE TenantId = @TenantId
          AND AttachmentId = @Id
        """);

    private static readonly TenantSql Move = TenantSql.Of("""
        UPDATE AttachmentFiles
        SET CustomerKey = @CustomerKey
        WHERE TenantId = @TenantId
          AND AttachmentId IN (SELECT a.Id FROM Attachments a WHERE a.TenantId = @TenantId AND a.ConversationId = @ConversationId)
        """);
}
