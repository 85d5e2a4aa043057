using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Articles.Reports;
using CustomerCrm.Articles.Suggesting;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.Help;

/// <summary>Takes questions: suggests what answers them, and sends them when it does not. Each is sent once, however often its button is pressed.</summary>
internal sealed class ContactDesk(TenantDb db, ArticleSuggestions suggestions, SearchLog log, CustomerFinder customers, ConversationWriter conversations, SecretBox box, TimeProvider clock)
{
    private const int MostSuggested = 4, MostSentInHour = 5, MostAskedInHour = 40;

    /// <summary>From one address, and in the name of one e-mail address.</summary>
    public async Task<bool> IsTooMuchAsync(HttpContext http, ContactQuestion question, bool sends, CancellationToken ct)
    {
        var of = new { AddressHash = HashOf(ClientAddress.Of(http)), SenderHash = HashOf(question.Email.ToLowerInvariant()), Since = clock.GetUtcNow().AddHours(-1) };
        var recent = await db.FindAsync<Recent>(Counts, of, ct) ?? new Recent();
        return recent.Asked >= MostAskedInHour || (sends && Math.Max(recent.SentFromHere, recent.SentByThem) >= MostSentInHour);
    }

    /// <returns>The question, and what may answer it.</returns>
    public async Task<(Id<HelpContact> Id, IReadOnlyList<SuggestedArticle> Suggested)> AskAsync(HelpVisit visit, HttpContext http, ContactQuestion question, CancellationToken ct)
    {
        var found = await suggestions.FindAsync(new SuggestionContext { Text = $"{question.Subject} {question.Message}" }, visit.Readers, MostSuggested, ct);
        await log.RecordAsync(question.Subject, visit.Locale, SearchSource.ContactForm, found.Count, ct);
        var id = Id<HelpContact>.New();
        await db.ExecuteAsync(Insert, new
        {
            Id = id, visit.Locale, SuggestedText = JsonSerializer.Serialize(found.Select(one => one.Article.ArticleId), StrictJson.Options), SuggestedCount = found.Count,
            AddressHash = HashOf(ClientAddress.Of(http)), Now = clock.GetUtcNow(),
        }, ct);
        return (id, found);
    }

    /// <returns>False: it has been settled before, or there was none.</returns>
    public async Task<bool> AnsweredAsync(Id<HelpContact> id, CancellationToken ct) =>
        await db.ExecuteAsync(Settle, new { Id = id, State = ContactState.Answered, SenderHash = (byte[]?)null, Now = clock.GetUtcNow() }, ct) > 0;

    /// <summary>Opens a conversation with it. Pressing the button twice opens one.</summary>
    public Task SendAsync(HelpVisit visit, ContactQuestion question, Id<HelpContact> id, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var sender = question.Email.Length == 0 ? null : HashOf(question.Email.ToLowerInvariant());
        if (await db.ExecuteAsync(Settle, new { Id = id, State = ContactState.Sent, SenderHash = sender, Now = clock.GetUtcNow() }, ct) == 0) return;
        var customerId = visit.CustomerId ?? await customers.FindOrCreateAsync(
            new CustomerDetails { Email = question.Email, Name = question.Name.Length == 0 ? default : new(question.Name), Language = new(visit.Locale) }, "/email", ct);
        var conversation = await conversations.StartAsync(new NewConversation
        {
            CustomerId = customerId, Channel = InteractionChannel.Web, Subject = question.Subject,
            First = new NewEntry { Author = EntryAuthor.Customer, Text = question.Message, Subject = question.Subject, From = question.Email.Length == 0 ? null : question.Email, Source = "help_pages", ExternalId = id.ToString() },
        }, ct);
        await db.ExecuteAsync(Tie, new { Id = id, ConversationId = conversation.Id }, ct);
    }, ct);

    private byte[] HashOf(string text) => HMACSHA256.HashData(box.KeyFor("help_contacts"), Encoding.UTF8.GetBytes(text));

    private sealed record Recent
    {
        public int Asked { get; init; }
        public int SentFromHere { get; init; }
        public int SentByThem { get; init; }
    }

    private static readonly TenantSql Counts = TenantSql.Of("""
        SELECT (SELECT COUNT(*) FROM HelpContacts a WHERE a.TenantId = @TenantId AND a.AddressHash = @AddressHash AND a.CreatedAt > @Since) AS Asked,
            (SELECT COUNT(*) FROM HelpContacts s WHERE s.TenantId = @TenantId AND s.AddressHash = @AddressHash AND s.CreatedAt > @Since AND s.State = 3) AS SentFromHere,
            (SELECT COUNT(*) FROM HelpContacts t WHERE t.TenantId = @TenantId AND t.SenderHash = @SenderHash AND t.CreatedAt > @Since AND t.State = 3) AS SentByThem
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO HelpContacts (TenantId, Id, Locale, SuggestedText, SuggestedCount, State, AddressHash, CreatedAt)
        VALUES (@TenantId, @Id, @Locale, @SuggestedText, @SuggestedCount, 1, @AddressHash, @Now)
        """);

    // Somebody who said that it is answered may still send it.
    private static readonly TenantSql Settle = TenantSql.Of("""
        UPDATE HelpContacts
        SET State = @State, SenderHash = @SenderHash, SettledAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND State < @State
        """);

    private static readonly TenantSql Tie = TenantSql.Of("""
        UPDATE HelpContacts
        SET ConversationId = @ConversationId
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
