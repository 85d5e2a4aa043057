using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Threads;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Conversations;

public class ThreadDecisionTests
{
    private static readonly DateTimeOffset now = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private readonly Id<Customer> ada = Id<Customer>.New(), ben = Id<Customer>.New();

    [Test]
    public void What_a_message_says_itself_comes_before_what_is_open()
    {
        var (named, open) = (Thread(ada), Thread(ada));

        var answer = ThreadDecision.Of(Ask(ada, open) with { Named = named })!;

        Assert.That((answer.Thread, answer.Why.By, answer.Moves), Is.EqualTo((named, ThreadedBy.Named, false)));
    }

    [Test]
    public void An_answer_from_an_address_that_is_nobodys_stays_in_the_thread_and_says_so()
    {
        var answered = Thread(ada);

        var answer = ThreadDecision.Of(Ask(null) with { Answered = answered })!;

        Assert.That(answer.Thread, Is.EqualTo(answered));
        Assert.That(answer.Why, Is.EqualTo(new Threading(ThreadedBy.Answers, "It answers a message of this conversation, as its headers say. It came from an address that is not the customer's.")));
    }

    [Test]
    public void Another_customer_who_answers_gets_a_conversation_of_their_own()
    {
        var hers = Thread(ada);

        var answer = ThreadDecision.Of(Ask(ben) with { Named = hers })!;

        Assert.That(answer.Thread, Is.Null);
        Assert.That(answer.Why.Detail, Does.Contain(hers.Id.ToString()).And.Contain("another customer"));
    }

    [Test]
    public void Another_customer_who_answers_goes_on_with_what_they_have_open()
    {
        var his = Thread(ben);

        var answer = ThreadDecision.Of(Ask(ben, his) with { Named = Thread(ada) })!;

        Assert.That((answer.Thread, answer.Why.By), Is.EqualTo((his, ThreadedBy.OpenConversation)));
    }

    [Test]
    public void Who_answers_an_unknown_visitors_chat_is_the_visitor()
    {
        var chat = Thread(Id<Customer>.New()) with { IsOfUnknown = true };

        var answer = ThreadDecision.Of(Ask(ben) with { Answered = chat })!;

        Assert.That((answer.Thread, answer.Moves), Is.EqualTo((chat, true)));
    }

    [Test]
    public void A_visitor_who_gave_an_address_and_writes_from_it_goes_on_in_the_chat()
    {
        var chat = Thread(Id<Customer>.New()) with { IsOfUnknown = true };

        Assert.That(ThreadDecision.Of(Ask(ben) with { Chatted = chat }), Is.EqualTo(new ThreadAnswer(chat, new Threading(ThreadedBy.ChatAddress, "A visitor of the chat had given this address."), Moves: true)));
        Assert.That(ThreadDecision.Of(Ask(chat.CustomerId) with { Chatted = chat })!.Moves, Is.False, "it is theirs already");
    }

    [Test]
    public void Of_several_that_are_open_the_latest_on_the_channel_is_taken()
    {
        var (chat, mail, older) = (Thread(ada, InteractionChannel.Chat), Thread(ada), Thread(ada));

        Assert.That(ThreadDecision.Of(Ask(ada, chat, mail, older))!.Thread, Is.EqualTo(mail));
        Assert.That(ThreadDecision.Of(Ask(ada, chat, mail, older) with { Channel = InteractionChannel.Sms })!.Thread, Is.EqualTo(chat), "none on this channel: the latest of all");
    }

    [TestCase(71, true)]
    [TestCase(73, false)]
    public void What_was_closed_a_short_while_ago_is_opened_again(int hours, bool opens)
    {
        var closed = Thread(ada) with { State = ConversationState.Closed, ClosedAt = now.AddHours(-hours) };

        var answer = ThreadDecision.Of(Ask(ada, closed))!;

        Assert.That((answer.Thread is not null, answer.Why.By), Is.EqualTo((opens, opens ? ThreadedBy.RecentlyClosed : ThreadedBy.New)));
    }

    [Test]
    public void What_is_answered_is_opened_again_however_long_it_was_closed()
    {
        var closed = Thread(ada) with { State = ConversationState.Closed, ClosedAt = now.AddYears(-1) };

        Assert.That(ThreadDecision.Of(Ask(ada) with { Answered = closed })!.Thread, Is.EqualTo(closed));
    }

    [Test]
    public void A_program_begins_nothing_but_its_answer_is_kept_where_it_belongs()
    {
        var open = Thread(ada);

        Assert.That(ThreadDecision.Of(Ask(ada, open) with { IsAutomatic = true }), Is.Null);
        Assert.That(ThreadDecision.Of(Ask(ada, open) with { IsAutomatic = true, Answered = open })!.Thread, Is.EqualTo(open));
    }

    [Test]
    public void A_bot_changes_nothing_in_who_waits_and_an_agent_does()
    {
        var before = new Conversation { Id = Id<Conversation>.New(), CustomerId = ada, State = ConversationState.Open, Channel = InteractionChannel.Chat, LastNumber = 2, LastEntryAt = now, ReopenCount = 0, Revision = 2, CreatedAt = now, UpdatedAt = now };

        Assert.That(ConversationLife.After(before, Entry(EntryAuthor.Bot)).State, Is.EqualTo(ConversationState.Open));
        Assert.That(ConversationLife.After(before, Entry(EntryAuthor.Agent)).State, Is.EqualTo(ConversationState.Waiting));
        Assert.That(ConversationLife.After(before with { State = ConversationState.Closed, ClosedAt = now }, Entry(EntryAuthor.Customer)), Has.Property(nameof(Conversation.State)).EqualTo(ConversationState.Open).And.Property(nameof(Conversation.ReopenCount)).EqualTo(1).And.Property(nameof(Conversation.ClosedAt)).Null);
        Assert.That(ConversationLife.After(before with { State = ConversationState.Closed, ClosedAt = now }, Entry(EntryAuthor.Customer) with { IsAutomatic = true }).State, Is.EqualTo(ConversationState.Closed), "an out-of-office note opens nothing");
    }

    private static ConversationEntry Entry(EntryAuthor author) => new()
    {
        Id = Id<ConversationEntry>.New(), ConversationId = Id<Conversation>.New(), CustomerId = Id<Customer>.New(), Number = 3, Kind = EntryKind.Message, Author = author, Channel = InteractionChannel.Email, IsAutomatic = false, OccurredAt = now, CreatedAt = now,
    };

    private static KnownThread Thread(Id<Customer> of, InteractionChannel channel = InteractionChannel.Email) => new() { Id = Id<Conversation>.New(), CustomerId = of, State = ConversationState.Open, Channel = channel };

    private static ThreadQuestion Ask(Id<Customer>? sender, params KnownThread[] theirs) => new() { SenderId = sender, Channel = InteractionChannel.Email, Theirs = theirs, Now = now };
}
