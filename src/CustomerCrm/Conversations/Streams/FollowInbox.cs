using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Conversations.Streams;

/// <summary>GET /conversations/stream: what happens to all conversations, from the bus, whichever process wrote it.</summary>
internal static class FollowInbox
{
    private static readonly TimeSpan every = TimeSpan.FromMilliseconds(400), longest = TimeSpan.FromMinutes(10), quiet = TimeSpan.FromSeconds(15);
    private const int AtOnce = 100;

    /// <param name="ticket">Instead of a key: what the address of a ticket holds.</param>
    /// <param name="after">The place of the last event that is known; the header `Last-Event-ID` wins. Left out: only what happens from now on.</param>
    /// <param name="http">For its headers.</param>
    /// <param name="scopes">For a look of its own each time.</param>
    /// <param name="db">Reads where the bus is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="ct">Ends the stream.</param>
    internal static async Task<ServerSentEventsResult<JsonElement>> Handle(string? ticket, [FromQuery] long? after, HttpContext http, TenantScopes scopes, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door
        var place = long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after ?? await db.FindAsync<long>(Head, null, ct);
        return TypedResults.ServerSentEvents(NewsAsync(place, scopes, clock, ct));
    }

    internal static Task<FollowConversation.Ticket> MakeTicket(LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, CancellationToken ct) =>
        FollowConversation.TicketToAsync("/v1/conversations/stream", tickets, tenant, options.Value.BaseUrl, ct);

    private static async IAsyncEnumerable<SseItem<JsonElement>> NewsAsync(long place, TenantScopes scopes, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        var (started, said) = (clock.GetTimestamp(), clock.GetTimestamp());
        yield return Item("ready", "{}", place);
        while (clock.GetElapsedTime(started) < longest)
        {
            IReadOnlyList<Row> news = [];
            await using (var scope = scopes.Create())
            {
                var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
                var head = await db.FindAsync<long>(Head, null, ct);
                if (head > place) news = await db.QueryTopAsync<Row>(News, AtOnce, new { After = place, Head = head }, ct);
                place = news.Count == AtOnce ? news[^1].Seq : Math.Max(place, head);
            }
            foreach (var e in news) yield return Item(e.Type["conversation.".Length..], e.Data, e.Seq);
            if (news.Count > 0) said = clock.GetTimestamp();
            else if (clock.GetElapsedTime(said) > quiet)
            {
                yield return Item("ping", "{}", place);
                said = clock.GetTimestamp();
            }
            await Task.Delay(every, clock, ct);
        }
    }

    private static SseItem<JsonElement> Item(string type, string data, long place) => new(JsonElement.Parse(data), type) { EventId = place.ToString(CultureInfo.InvariantCulture) };

    private sealed record Row
    {
        public required long Seq { get; init; }
        public required string Type { get; init; }
        public required string Data { get; init; }
    }

    private static readonly TenantSql Head = TenantSql.Of("SELECT h.LastSeq FROM EventHeads h WHERE h.TenantId = @TenantId");

    private static readonly TenantSql News = TenantSql.Of("""
        SELECT e.Seq, e.Type, e.Data
        FROM Events e
        WHERE e.TenantId = @TenantId
          AND e.Seq > @After
          AND e.Seq <= @Head
          AND e.Type LIKE 'conversation.%'
        ORDER BY e.Seq
        """);
}
