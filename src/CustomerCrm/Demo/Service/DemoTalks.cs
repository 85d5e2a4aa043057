using CustomerCrm.Bots.Answering;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Demo.Service;

/// <summary>Lets the demo's bot talk: customers write what a script says, each at its own moment, and the bot answers as it would have. Each talk is one transaction, and done once.</summary>
internal sealed class DemoTalks(TenantDb db, DemoClock clock, ConversationWriter conversations, IJob<AnswerByBot> bot, EventLog events, Caller caller)
{
    public const int Count = 40;
    private const string Source = "demo_talks";

    // What customers write one after the other. Most are helped; some want a person, and some say what no flow knows.
    private static readonly string[][] scripts =
    [
        ["I would like to return an item", "I do not like it", "Yes"],
        ["Hi, which grind for my dripper?", "Yes"],
        ["Something arrived broken", "it is broken"],
        ["How do I pause my subscription?", "Yes"],
        ["Do you roast for cafés?", "I want to talk to a human"],
        ["How do I send something back?", "I do not like it", "Yes"],
        ["Which water temperature is right?", "No"],
        ["Zzz qwx?", "Brrm"],
    ];

    /// <summary>The talk of that number, some hours before.</summary>
    /// <param name="number">From 0 on.</param>
    /// <param name="customerId">Who chats.</param>
    /// <param name="today">The moment that the demo's history ends with.</param>
    /// <param name="ct">Cancels.</param>
    public async Task TalkAsync(int number, Id<Customer> customerId, DateTimeOffset today, CancellationToken ct)
    {
        var (script, at) = (scripts[number % scripts.Length], today.AddHours(-7 - 17 * number));
        events.IsQuiet = true;
        await db.InTransactionAsync(async () =>
        {
            if (await db.FindAsync<int?>(IsSaid, new { Key = EntryWriter.KeyOf(Source, Name(number, 0)) }, ct) is not null) return; // by a start before this one
            Id<Conversation>? conversationId = null;
            foreach (var (i, text) in script.Index())
            {
                clock.Be(at = at.AddMinutes(1));
                caller.ActAs(Actor.Program);
                var entry = new NewEntry { Author = EntryAuthor.Customer, Text = text, Channel = InteractionChannel.Chat, Source = Source, ExternalId = Name(number, i), OccurredAt = at };
                conversationId ??= (await conversations.StartAsync(new NewConversation { CustomerId = customerId, Channel = InteractionChannel.Chat }, ct)).Id;
                await bot.RunAsync(new AnswerByBot(conversationId.Value, (await conversations.AppendAsync(conversationId.Value, entry, ct)).Number), ct);
            }
        }, ct);
        clock.Be(null);
    }

    private static string Name(int number, int line) => FormattableString.Invariant($"{number}:{line}");

    private static readonly TenantSql IsSaid = TenantSql.Of("SELECT 1 FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ExternalKey = @Key");
}
