using System.Text.Json;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Streams;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>GET /chat/{visitor_id}/stream: server-sent events of one visitor's chat, with the key and the visitor's token, or with a ticket.</summary>
internal static class FollowChat
{
    /// <param name="visitorId">The visitor, as the chat says it.</param>
    /// <param name="ticket">Instead of a key and a token: what the address of a ticket holds.</param>
    /// <param name="after">The number of the last message that is known; the header `Last-Event-ID` wins. Left out: only what comes from now on.</param>
    /// <param name="http">For its headers.</param>
    /// <param name="caller">Nobody in particular, where a ticket let it in.</param>
    /// <param name="visitors">Who the visitor is.</param>
    /// <param name="stream">Looks.</param>
    /// <param name="db">Reads the conversation.</param>
    /// <param name="ct">Ends the stream.</param>
    /// <exception cref="ApiProblem">404: there is no such visitor, or the token is another's.</exception>
    internal static async Task<ServerSentEventsResult<JsonElement>> Handle(
        [FromRoute(Name = "visitor_id")] Id<ChatVisitor> visitorId, string? ticket, [FromQuery] int? after, HttpContext http, Caller caller, VisitorBook visitors, ConversationStream stream, TenantDb db, CancellationToken ct)
    {
        _ = ticket; // has done its work at the door: it opens this address alone
        var visitor = caller.IsAnonymous ? await visitors.FindAsync(visitorId, ct) : await VisitorPass.TryReadAsync(http) is { } holder && holder.Id == visitorId ? holder : null;
        if (visitor is null) throw ApiProblem.NotFound("visitor");
        var conversation = await Conversation.FindAsync(visitor.ConversationId, db, ct);
        return TypedResults.ServerSentEvents(stream.FollowAsync(visitor.ConversationId, ConversationStream.PlaceOf(http, after, conversation.LastNumber),
            async (services, entry) => visitor.MaySee(entry) ? await services.GetRequiredService<ChatView>().OfAsync(entry, ct) : null, isForCustomer: true, ct));
    }

    internal static Task<FollowConversation.Ticket> MakeTicket(VisitorPass pass, LinkTickets tickets, CurrentTenant tenant, IOptions<PublicOptions> options, CancellationToken ct) =>
        FollowConversation.TicketToAsync($"/v1/chat/{pass.Visitor.Id}/stream", tickets, tenant, options.Value.BaseUrl, ct);
}
