using CustomerCrm.Platform.Access.Limits;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Chat;

/// <summary>Settings <c>Chat</c>: what one address, and one visitor, may do.</summary>
public sealed class ChatOptions
{
    /// <summary>Chats that one address begins with one key: each makes a conversation, and maybe a customer.</summary>
    [ValidateObjectMembers] public BucketOptions Starts { get; init; } = new() { Capacity = 20, RefillPerSecond = 1.0 / 60 };

    /// <summary>What one visitor says.</summary>
    [ValidateObjectMembers] public BucketOptions Messages { get; init; } = new() { Capacity = 30, RefillPerSecond = 0.5 };

    /// <summary>Files that one visitor uploads.</summary>
    [ValidateObjectMembers] public BucketOptions Files { get; init; } = new() { Capacity = 10, RefillPerSecond = 1.0 / 30 };
}
