using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>What a survey is about.</summary>
/// <param name="Kind"><c>order</c>, <c>ticket</c> or <c>conversation</c>.</param>
/// <param name="Id">Its id.</param>
/// <example>{"kind":"order","id":"ord_01mv4q0800ebxvvk1mr9tcr6ws"}</example>
public sealed record SurveySubject(string Kind, string Id)
{
    public const string Order = "order", Ticket = "ticket", Conversation = "conversation";

    internal static string IdOf(string kind, byte[] key) => kind switch
    {
        Ticket => Id<AskedTicket>.FromBytes(key).ToString(),
        Conversation => Id<AskedConversation>.FromBytes(key).ToString(),
        _ => Id<Order>.FromBytes(key).ToString(),
    };

    /// <returns>Null: it is no such id.</returns>
    internal static byte[]? KeyOf(string kind, string? id) => kind switch
    {
        Ticket => Id<AskedTicket>.TryRead(id, out var ticket) ? ticket.ToBytes() : null,
        Conversation => Id<AskedConversation>.TryRead(id, out var conversation) ? conversation.ToBytes() : null,
        Order => Id<Order>.TryRead(id, out var order) ? order.ToBytes() : null,
        _ => null,
    };

    // Tickets and conversations are known by their events alone, and these are their kinds of ids.
    private sealed record AskedTicket : IHasId
    {
        public static string Prefix => "tick";
    }

    private sealed record AskedConversation : IHasId
    {
        public static string Prefix => "conv";
    }
}
