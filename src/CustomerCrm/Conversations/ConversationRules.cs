namespace CustomerCrm.Conversations;

/// <summary>What holds on every channel; most allow less.</summary>
internal static class ConversationRules
{
    /// <summary>In UTF-16 characters.</summary>
    public const int LongestText = 100_000;

    public const int MostAttachments = 20, MostMentions = 20;
}
