using System.Text;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Chat;

/// <summary>
/// Decides whose a chat is. Who was identified by the tenant's own program goes on with what they have open; of who was only said by a page, the chat is
/// one of its own, so that nobody reads anything by claiming to be somebody. Nor does anybody who is known go on in such a chat: what is answered there is read by whoever began it.
/// </summary>
internal sealed class ChatBeginning(TenantDb db, ChatIdentity identities, CustomerWriter customers, IdentityReader identityReader, IdentityOwners owners, ConversationWriter conversations, EntryWriter entries, VisitorBook visitors)
{
    /// <exception cref="ApiProblem">403: the identity token is not one. 422: there is nothing to begin with.</exception>
    public async Task<(ChatVisitor Visitor, string Token)> BeginAsync(StartChat.Request request, CancellationToken ct)
    {
        var verified = request.IdentityToken is { } token
            ? identities.Read(token) is { } said && await db.FindAsync<int?>(HasCustomer, new { CustomerId = said }, ct) is not null ? said : throw ApiProblem.Forbidden("identity_token_invalid", "The identity token is not valid any more. Ask your own server for another.")
            : (Id<Customer>?)null;
        var open = verified is { } who && await db.QueryTopAsync<Id<Conversation>>(OpenOf, 1, new { CustomerId = who }, ct) is [var found] ? found : (Id<Conversation>?)null;
        if (request.Text is null && open is null) throw ApiProblem.Invalid("/text", "required", "A chat begins with something that is said.");

        var (customerId, made) = verified is { } known ? (known, (Id<Customer>?)null) : await CustomerOfAsync(request, ct);
        var conversationId = open ?? (await conversations.StartAsync(new NewConversation { CustomerId = customerId, Channel = InteractionChannel.Chat }, ct)).Id;
        if (verified is not null) await entries.ShowToVisitorAsync(conversationId, ct);
        return await visitors.AddAsync(new NewVisitor
        {
            ConversationId = conversationId,
            IsVerified = verified is not null,
            MadeCustomer = made,
            AnonymousId = request.AnonymousId,
            Name = request.Name,
            Email = request.Email,
            PageUrl = request.PageUrl,
        }, ct);
    }

    // The customer whom the visitor was identified as before; else one made for this chat, with the address they give if it is nobody's.
    private async Task<(Id<Customer> CustomerId, Id<Customer>? Made)> CustomerOfAsync(StartChat.Request request, CancellationToken ct)
    {
        if (request.AnonymousId is { } anonymous && await db.FindAsync<Id<Customer>?>(Identified, new { AnonymousKey = Encoding.UTF8.GetBytes(anonymous) }, ct) is { } identified) return (identified, null);
        var details = new CustomerDetails { Name = new Change<string>(request.Name ?? "Visitor"), Email = request.Email };
        IReadOnlyList<NewIdentity> ofTheirs = request.Email is null ? [] : await identityReader.ReadAsync(details, "", ct);
        if (ofTheirs.Count > 0 && (await owners.FindAsync(ofTheirs.Select(i => i.Identifier), ct)).Count > 0) ofTheirs = []; // somebody's: whoever says so may be anybody
        var made = await customers.TryAddAsync(details, ofTheirs, "", ct) ?? await customers.TryAddAsync(details, [], "", ct);
        return (made!.Id, made.Id);
    }

    private static readonly TenantSql HasCustomer = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql Identified = TenantSql.Of("SELECT v.CustomerId FROM Visitors v WHERE v.TenantId = @TenantId AND v.AnonymousKey = @AnonymousKey");

    private static readonly TenantSql OpenOf = TenantSql.Of("""
        SELECT c.Id
        FROM Conversations c
        WHERE c.TenantId = @TenantId
          AND c.CustomerId = @CustomerId
          AND c.State <> 3
          AND NOT EXISTS (SELECT 1 FROM ChatVisitors v WHERE v.TenantId = @TenantId AND v.ConversationId = c.Id AND v.IsVerified = 0)
        ORDER BY c.LastEntryAt DESC, c.Id DESC
        """);
}
