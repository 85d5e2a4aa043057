using System.Text;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets;

/// <summary>The rows of tickets.</summary>
internal sealed class TicketRows(TenantDb db)
{
    /// <summary>The one that had this id in this system; null where none is named or there is none.</summary>
    public async Task<Ticket?> FindAsync(string? source, string? externalId, CancellationToken ct) =>
        externalId is null ? null : await db.FindAsync<Ticket>(ByExternalId, new { Source = source, ExternalKey = Encoding.UTF8.GetBytes(externalId) }, ct);

    /// <exception cref="DuplicateKeyException">There is one with its source and external id.</exception>
    public Task InsertAsync(Ticket ticket, CancellationToken ct) => db.ExecuteAsync(Insert, RowOf(ticket), ct);

    /// <returns>Whether it was still in the revision before.</returns>
    public async Task<bool> UpdateAsync(Ticket ticket, CancellationToken ct) => await db.ExecuteAsync(Update, RowOf(ticket), ct) > 0;

    private static object RowOf(Ticket t) => new
    {
        t.Id, t.Number, t.Subject, t.CustomerId, ConversationId = t.ConversationId?.ToBytes(), t.Category, StatusId = t.StatusId?.ToBytes(), t.Type, t.Priority, t.Channel, t.Language, TopicId = t.TopicId?.ToBytes(),
        AssigneeId = t.AssigneeId?.ToBytes(), TeamId = t.TeamId?.ToBytes(), t.ReopenCount, t.FirstRepliedAt, t.RepliedAt, t.CustomerRepliedAt, t.SolvedAt, t.ClosedAt,
        MergedIntoId = t.MergedIntoId?.ToBytes(), FollowsId = t.FollowsId?.ToBytes(), t.Satisfaction, t.SatisfactionAt, t.SourceKind, t.SourceId,
        t.Source, t.ExternalId, ExternalKey = t.ExternalId is { } id ? Encoding.UTF8.GetBytes(id) : null, t.Revision, t.CreatedAt, t.UpdatedAt,
    };

    private static readonly TenantSql ByExternalId = Ticket.Matching.Then("AND t.Source = @Source AND t.ExternalKey = @ExternalKey");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Tickets (TenantId, Id, Number, Subject, CustomerId, ConversationId, Category, StatusId, Type, Priority, Channel, Language, TopicId, AssigneeId, TeamId,
            ReopenCount, FirstRepliedAt, RepliedAt, CustomerRepliedAt, SolvedAt, ClosedAt, MergedIntoId, FollowsId, Satisfaction, SatisfactionAt,
            SourceKind, SourceId, Source, ExternalId, ExternalKey, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Number, @Subject, @CustomerId, @ConversationId, @Category, @StatusId, @Type, @Priority, @Channel, @Language, @TopicId, @AssigneeId, @TeamId,
            @ReopenCount, @FirstRepliedAt, @RepliedAt, @CustomerRepliedAt, @SolvedAt, @ClosedAt, @MergedIntoId, @FollowsId, @Satisfaction, @SatisfactionAt,
            @SourceKind, @SourceId, @Source, @ExternalId, @ExternalKey, @Revision, @CreatedAt, @UpdatedAt)
        """);

    // A conversation that is in the bin is not shown, and is its own again when it is back.
    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Tickets
        SET Subject = @Subject, CustomerId = @CustomerId, ConversationId = COALESCE(@ConversationId, ConversationId), Category = @Category, StatusId = @StatusId, Type = @Type, Priority = @Priority, Language = @Language,
            TopicId = @TopicId, AssigneeId = @AssigneeId, TeamId = @TeamId, ReopenCount = @ReopenCount, FirstRepliedAt = @FirstRepliedAt, RepliedAt = @RepliedAt,
            CustomerRepliedAt = @CustomerRepliedAt, SolvedAt = @SolvedAt, ClosedAt = @ClosedAt, MergedIntoId = @MergedIntoId, FollowsId = @FollowsId,
            Satisfaction = @Satisfaction, SatisfactionAt = @SatisfactionAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);
}
