using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CustomerCrm.Conversations.Presence;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Conversations.Streams;

/// <summary>
/// What comes to one conversation, as it comes. It looks into the database and not into this process, so whoever wrote it, wherever, is heard; the number
/// of the last entry is the place to go on from.
/// </summary>
internal sealed class ConversationStream(TenantScopes scopes, TimeProvider clock)
{
    private static readonly TimeSpan every = TimeSpan.FromMilliseconds(400), longest = TimeSpan.FromMinutes(10), quiet = TimeSpan.FromSeconds(15);
    private const int AtOnce = 100;

    /// <param name="conversationId">Which.</param>
    /// <param name="after">The number of the last entry that is known.</param>
    /// <param name="shows">Which entries, and as what; null: not this one.</param>
    /// <param name="isForCustomer">Whether it is a customer who looks: they see no row of the conversation, and who of the tenant writes.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<SseItem<JsonElement>> FollowAsync(
        Id<Conversation> conversationId, int after, Func<IServiceProvider, ConversationEntry, Task<object?>> shows, bool isForCustomer, [EnumeratorCancellation] CancellationToken ct)
    {
        var (started, said) = (clock.GetTimestamp(), clock.GetTimestamp());
        var (revision, writing, lookedAt) = (-1, "[]", clock.GetUtcNow());
        yield return Item("ready", new StreamReady(after), after);
        while (clock.GetElapsedTime(started) < longest)
        {
            var news = new List<SseItem<JsonElement>>();
            await using (var scope = scopes.Create())
            {
                var (db, reader) = (scope.ServiceProvider.GetRequiredService<TenantDb>(), scope.ServiceProvider.GetRequiredService<EntryReader>());
                if (await db.FindAsync<Conversation>(Conversation.ById, new { ConversationId = conversationId }, ct) is not { } conversation) yield break;
                if (conversation.Revision != revision)
                {
                    foreach (var entry in await reader.AfterAsync(conversationId, after, AtOnce, ct))
                    {
                        if (await shows(scope.ServiceProvider, entry) is { } shown) news.Add(Item("entry", shown, entry.Number));
                        after = entry.Number;
                    }
                    if (revision >= 0)
                    {
                        foreach (var number in await db.QueryAsync<int>(Redacted, new { ConversationId = conversationId, Since = lookedAt - every }, ct)) news.Add(Item("redacted", new StreamRedacted(number), after));
                    }
                    if (!isForCustomer) news.Add(Item("conversation", conversation, after));
                    revision = after < conversation.LastNumber ? 0 : conversation.Revision; // what did not fit comes with the next look
                    lookedAt = clock.GetUtcNow();
                }
                var writers = (await scope.ServiceProvider.GetRequiredService<TypingBook>().NowAsync(conversationId, ct)).Where(w => !isForCustomer || !w.IsCustomer).ToList();
                var now = JsonSerializer.Serialize(writers, StrictJson.Options);
                if (now != writing) news.Add(Item("typing", new StreamTyping(writers), after));
                writing = now;
            }
            if (news.Count == 0 && clock.GetElapsedTime(said) > quiet) news.Add(Item("ping", new StreamReady(after), after)); // so that a line that is dead is noticed
            foreach (var item in news) yield return item;
            if (news.Count > 0) said = clock.GetTimestamp();
            await Task.Delay(every, clock, ct);
        }
    }

    /// <summary>Where a client wants to go on: what it says as <c>Last-Event-ID</c>, as browsers do by themselves, or as <c>after</c>.</summary>
    public static int PlaceOf(HttpContext http, int? after, int otherwise) =>
        int.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after ?? otherwise;

    private static SseItem<JsonElement> Item(string type, object data, int number) =>
        new(JsonSerializer.SerializeToElement(data, data.GetType(), StrictJson.Options), type) { EventId = number.ToString(CultureInfo.InvariantCulture) };

    private static readonly TenantSql Redacted = TenantSql.Of("""
        SELECT e.Number
        FROM ConversationEntries e
        WHERE e.TenantId = @TenantId
          AND e.ConversationId = @ConversationId
          AND e.RedactedAt >= @Since
        ORDER BY e.Number
        """);
}

/// <summary>The stream is open, or still is.</summary>
/// <param name="Number">Of the last entry it has told.</param>
public sealed record StreamReady(int Number);

/// <summary>What an entry said is not to be shown any more.</summary>
/// <param name="Number">Which entry.</param>
public sealed record StreamRedacted(int Number);

/// <summary>Who writes at this moment; nobody where it is empty.</summary>
/// <param name="Writers">All of them.</param>
public sealed record StreamTyping(IReadOnlyList<Writer> Writers);
