using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Bots.Answering;

/// <summary>Says what a bot says. Where the channel does not take it any more, a person reads it as a note: trying again would change nothing.</summary>
internal sealed class BotReply(ConversationWriter conversations)
{
    public async Task SayAsync(Id<Conversation> conversationId, ChosenBot bot, Id<ConversationEntry> answered, string text, CancellationToken ct)
    {
        try
        {
            await conversations.AppendAsync(conversationId, new NewEntry { Author = EntryAuthor.Bot, AuthorName = bot.Name, Text = text, Source = "bot", ExternalId = answered.ToString() }, ct);
        }
        catch (ApiProblem problem) when (problem.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
        {
            await conversations.AppendAsync(conversationId, new NewEntry { Kind = EntryKind.Note, Author = EntryAuthor.Bot, AuthorName = bot.Name, Text = $"The bot's answer could not be sent ({problem.Code}):\n\n{text}" }, ct);
        }
    }
}
