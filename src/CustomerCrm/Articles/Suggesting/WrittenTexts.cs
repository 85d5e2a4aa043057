using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Quoting;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Products;
using CustomerCrm.Tickets;

namespace CustomerCrm.Articles.Suggesting;

/// <summary>Reads what customers have written, to be answered.</summary>
internal sealed class WrittenTexts(TenantDb db)
{
    private const int MostMessages = 5;

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<string> OfInteractionAsync(Id<Interaction> interactionId, CancellationToken ct) =>
        await db.FindAsync<Row>(Interaction, new { InteractionId = interactionId }, ct) is { } row ? $"{row.Subject} {row.Body}" : throw ApiProblem.NotFound("interaction");

    /// <summary>What it is about, and what the customer said last.</summary>
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<string> OfTicketAsync(Id<Ticket> ticketId, CancellationToken ct)
    {
        if (await db.FindAsync<TicketRow>(Ticket, new { TicketId = ticketId }, ct) is not { } row) throw ApiProblem.NotFound("ticket");
        return row.ConversationId is { } talk ? $"{row.Subject} {await LastOfAsync(talk, ct)}" : row.Subject;
    }

    /// <summary>What it is about, and what the customer said last.</summary>
    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<string> OfConversationAsync(Id<Conversation> conversationId, CancellationToken ct)
    {
        if (await db.FindAsync<Row>(Conversation, new { ConversationId = conversationId }, ct) is not { } row) throw ApiProblem.NotFound("conversation");
        return $"{row.Subject} {await LastOfAsync(conversationId, ct)}";
    }

    /// <summary>What the customer writes in, if that is known.</summary>
    public Task<string?> LanguageOfAsync(Id<Ticket> ticketId, CancellationToken ct) => db.FindAsync<string>(Language, new { TicketId = ticketId }, ct);

    // Without what their mail quotes: that is ours.
    private async Task<string> LastOfAsync(Id<Conversation> conversationId, CancellationToken ct) =>
        string.Join(' ', (await db.QueryTopAsync<string>(LastWritten, MostMessages, new { ConversationId = conversationId }, ct)).Select(text => QuotedText.Split(text).Body));

    /// <exception cref="ApiProblem">404: there is none.</exception>
    public async Task<Id<Product>> ProductAsync(Id<Product> productId, CancellationToken ct) =>
        await db.FindAsync<int?>(Product, new { ProductId = productId }, ct) is null ? throw ApiProblem.NotFound("product") : productId;

    private sealed record Row
    {
        public string? Subject { get; init; }
        public string? Body { get; init; }
    }

    private static readonly TenantSql Interaction = TenantSql.Of("SELECT i.Subject, i.Body FROM Interactions i WHERE i.TenantId = @TenantId AND i.Id = @InteractionId");

    private sealed record TicketRow
    {
        public required string Subject { get; init; }
        public Id<Conversation>? ConversationId { get; init; }
    }

    private static readonly TenantSql Ticket = TenantSql.Of("SELECT t.Subject, t.ConversationId FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @TicketId");

    private static readonly TenantSql Language = TenantSql.Of("SELECT COALESCE(t.Language, c.Language) FROM Tickets t JOIN Customers c ON c.TenantId = t.TenantId AND c.Id = t.CustomerId WHERE t.TenantId = @TenantId AND t.Id = @TicketId");

    private static readonly TenantSql Conversation = TenantSql.Of("SELECT c.Subject FROM Conversations c WHERE c.TenantId = @TenantId AND c.Id = @ConversationId");

    private static readonly TenantSql LastWritten = TenantSql.Of("""
        SELECT COALESCE(i.Body, '')
        FROM ConversationEntries e
        JOIN Interactions i ON i.TenantId = @TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.Kind = 1
          AND e.Author = 1
        ORDER BY e.Number DESC
        """);

    private static readonly TenantSql Product = TenantSql.Of("SELECT 1 FROM Products p WHERE p.TenantId = @TenantId AND p.Id = @ProductId");
}
