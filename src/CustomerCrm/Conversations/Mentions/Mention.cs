using CustomerCrm.Platform.Data;
using CustomerCrm.Users;

namespace CustomerCrm.Conversations.Mentions;

/// <summary>A user is named in an entry.</summary>
public sealed record Mention : IHasId
{
    public static string Prefix => "men";

    public required Id<Mention> Id { get; init; }
    public required Id<Conversation> ConversationId { get; init; }
    public required Id<ConversationEntry> EntryId { get; init; }

    /// <summary>Who is named.</summary>
    public required Id<User> UserId { get; init; }

    /// <summary>Who named them, as they were called then.</summary>
    public string? AuthorName { get; init; }

    /// <summary>The beginning of what was written; null where it was redacted.</summary>
    public string? Excerpt { get; init; }

    /// <summary>When they have read it; null: not yet.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
