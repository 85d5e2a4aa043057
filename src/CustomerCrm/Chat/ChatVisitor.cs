using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Chat;

/// <summary>A visitor of the tenant's pages who chats.</summary>
public sealed record ChatVisitor : IHasId
{
    public static string Prefix => "vis";

    public required Id<ChatVisitor> Id { get; init; }
    public required Id<Conversation> ConversationId { get; init; }

    /// <summary>A program of the tenant's said who it is.</summary>
    public required bool IsVerified { get; init; }

    public string? Name { get; init; }
    public int ReadNumber { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Whether this visitor may see an entry: what they said and what was said to them; of who is verified, all that was said.</summary>
    internal bool MaySee(ConversationEntry entry) => entry.Kind == EntryKind.Message && (IsVerified || (entry.VisitorId is { } of && of.AsSpan().SequenceEqual(Id.ToBytes())));

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT v.Id, v.ConversationId, v.IsVerified, v.Name, v.ReadNumber, v.ExpiresAt, v.LastSeenAt
        FROM ChatVisitors v
        WHERE v.TenantId = @TenantId
        """);
}

/// <summary>A visitor who begins.</summary>
internal sealed record NewVisitor
{
    public required Id<Conversation> ConversationId { get; init; }
    public bool IsVerified { get; init; }
    public Id<Customer>? MadeCustomer { get; init; }
    public string? AnonymousId { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? PageUrl { get; init; }
}
