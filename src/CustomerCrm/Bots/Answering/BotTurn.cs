using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;

namespace CustomerCrm.Bots.Answering;

/// <summary>Whether a bot may say anything in a conversation. Pure: where a person has it, it is silent.</summary>
internal static class BotTurn
{
    public static bool IsItsTurn(Conversation conversation, BotTalkRow? session)
    {
        if (conversation.AssigneeId is not null) return false;
        // One that was closed and opened again begins anew; else a person who has answered goes on.
        var isNew = session is not null && session.ReopenCount != conversation.ReopenCount;
        if (session is null) return conversation.LastAgentAt is null || conversation.ReopenCount > 0;
        if (isNew) return true;
        if (session.AgentMessages > 0) return false;
        return session.Outcome is BotOutcome.Talking or BotOutcome.Resolved || (session.Outcome == BotOutcome.MessageTaken && session.StateText.Contains("\"takes_message\":true", StringComparison.Ordinal));
    }

    /// <summary>The talk before is over: it came to its end, or the conversation was closed and opened again.</summary>
    public static bool BeginsAnew(Conversation conversation, BotTalkRow? talk) => talk is null or { Outcome: BotOutcome.Resolved } || talk.ReopenCount != conversation.ReopenCount;
}
