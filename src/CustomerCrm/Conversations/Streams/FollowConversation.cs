using System.Text.Json;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Conversations.Streams;

/// <summary>GET /conversations/{conversation_id}/stream, with a key, a session or a ticket.</summary>
public static class FollowConversation
{
    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(1);

    /// <summary>An address that opens once, within a minute, without a key.</summary>
    public sealed record Ticket
    {
        public required string Url { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    /// <param name="conversationId">The conversation.</param>
    /// <param name="ticket">Instead of a key: what the address of a ticket holds.</param>
    /// <param name="after">The number of the last entry that is known; the header `Last-Event-ID` wins. Left out: only what comes from now on.</param>
    /// <param name="http">For its headers.</param>
    /// <param name="stream">Looks.</param>
    /// <param name="db">Reads the conversation.</param>
    /// <param name="ct">Ends the stream.</param>
    /// <exception cref="Platform.Problems.ApiProblem">404: there is no such conversation.</exception>
    internal static async Task<ServerSentEventsResult<JsonElement>> Handle(
        [FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, string? ticket, [FromQuery] int? after, HttpContext http, ConversationStream stream, TenantDb db, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door
        var conversation = await Conversation.FindAsync(conversationId, db, ct); // before the answer begins
        return TypedResults.ServerSentEvents(stream.FollowAsync(conversationId, ConversationStream.PlaceOf(http, after, conversation.LastNumber), (_, entry) => Task.FromResult<object?>(entry), isForCustomer: false, ct));
    }

    internal static async Task<Ticket> MakeTicket([FromRoute(Name = "conversation_id")] Id<Conversation> conversationId, TenantDb db, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, CancellationToken ct)
    {
        await Conversation.FindAsync(conversationId, db, ct);
        return await TicketToAsync($"/v1/conversations/{conversationId}/stream", tickets, tenant, options.Value.BaseUrl, ct);
    }

    internal static async Task<Ticket> TicketToAsync(string path, LinkTickets tickets, CurrentTenant tenant, string baseUrl, CancellationToken ct)
    {
        var ticket = await tickets.MakeAsync(tenant, path, lasts, isForOnce: true, ct);
        return new Ticket { Url = $"{baseUrl}{path}?{LinkTickets.Parameter}={ticket.Text}", ExpiresAt = ticket.ExpiresAt };
    }
}
