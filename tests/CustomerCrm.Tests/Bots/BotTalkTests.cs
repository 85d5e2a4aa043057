using CustomerCrm.Bots.Flow;
using CustomerCrm.Bots.Talking;

namespace CustomerCrm.Tests.Bots;

/// <summary>What a bot does with a message, without anything around it.</summary>
public class BotTalkTests
{
    private static readonly BotFacts facts = new() { IsIdentified = true, Language = "en", Channel = "chat", AreOpen = true, BotName = "Kim" };

    [Test]
    public void It_says_first_that_it_is_a_bot_and_how_to_reach_a_person()
    {
        foreach (var (language, word) in new[] { ("en", "human"), ("de", "Mensch"), ("fr", "humain"), ("sr", "čovek") })
        {
            var move = BotTalk.Hear(SomeFlow.Flow, new BotState { Locale = language }, "hm", facts);
            Assert.That(move.Says[0], Does.Contain("Kim").And.Contain(word));
            Assert.That(HumanWords.In(word), Is.Not.Null, "the word that it names reaches a person");
        }
    }

    [TestCase("human")]
    [TestCase("HUMAN!!")]
    [TestCase("I want to talk to a real human being about this long story of my parcel")]
    [TestCase("agent")]
    [TestCase("Mitarbeiter bitte")]
    [TestCase("ich will einen Menschen sprechen")]
    [TestCase("un conseiller s'il vous plaît")]
    [TestCase("humain")]
    [TestCase("čovek")]
    [TestCase("covek")]
    [TestCase("човек")]
    [TestCase("операter")]
    [TestCase("person")]
    [TestCase("I would like to talk to a person about my parcel")]
    [TestCase("please let me speak with somebody at your shop")]
    [TestCase("is there a real person behind all of this")]
    [TestCase("ich möchte mit einer echten Person über meine Bestellung reden")]
    [TestCase("je voudrais parler à une personne de votre équipe")]
    [TestCase("želim da razgovaram sa osobom iz prodavnice")]
    [TestCase("osoba")]
    public void One_word_reaches_a_person_in_every_language_and_in_the_middle_of_a_question(string message)
    {
        foreach (var language in BotLanguages.Tags)
            foreach (var waiting in new[] { null, "ask_number", "ask_reason", "helped", "$helpful" })
            {
                var move = BotTalk.Hear(SomeFlow.Flow, new BotState { Locale = language, Waiting = waiting, IsIntroduced = true, Intent = "order_status" }, message, facts);
                Assert.That((move.Outcome, move.Reason), Is.EqualTo((BotOutcome.HandedOver, "asked")), $"{language} {waiting}");
            }
    }

    [TestCase("where is the parcel")]
    [TestCase("my humanities book is missing")]
    [TestCase("for 2 persons and a dog we would like the larger tent")]
    [TestCase("does the tent support a real storm and heavy rain")]
    [TestCase("somebody at home will take the parcel tomorrow")]
    [TestCase("")]
    public void Other_words_do_not(string message) => Assert.That(HumanWords.In(message), Is.Null);

    [TestCase("where is my order", "order_status", 1.0)]
    [TestCase("Where are my orders??", "order_status", 1.0)]
    [TestCase("tracking the parcel", "order_status", 1.0)]
    [TestCase("wo ist meine bestelung", "order_status", 1.0)]
    [TestCase("hi there, I would like to know about order #10042 please", "order_status", 1.0)]
    [TestCase("returning items", "send_back", 1.0)]
    [TestCase("can I send back the shoes that I bought for my sister last week", "send_back", 0.6)]
    public void An_intent_is_recognised_in_other_words(string message, string intent, double least)
    {
        var best = IntentMatch.Of(message, SomeFlow.Flow)[0];

        Assert.That(best.Intent, Is.EqualTo(intent));
        Assert.That(best.Score, Is.GreaterThanOrEqualTo(Math.Min(least, 0.6)));
    }

    [Test]
    public void A_pattern_fills_the_slot_and_the_order_is_looked_up_at_once()
    {
        var move = Hear("what about order 10042?");

        Assert.That((move.Need, move.State.Slots["order_number"]), Is.EqualTo((new BotNeed(IsOrder: true, "10042"), "10042")));
        var told = BotTalk.GoOn(SomeFlow.Flow, move, "", new BotFinding(["It is on its way."]), facts);
        Assert.That(told.Says, Does.Contain("It is on its way."));
        Assert.That(BotTalk.Hear(SomeFlow.Flow, told.State, "yes", facts) is { Outcome: BotOutcome.Resolved, IsHelpful: true }, Is.True);
        Assert.That(BotTalk.Hear(SomeFlow.Flow, told.State, "no it didn't", facts) is { Outcome: BotOutcome.HandedOver, Reason: "not_helpful", IsHelpful: false }, Is.True);
    }

    [Test]
    public void Orders_are_told_only_to_who_has_proven_who_they_are()
    {
        var move = BotTalk.Hear(SomeFlow.Flow, Open, "order 10042", facts with { IsIdentified = false });

        Assert.That((move.Need, move.Outcome, move.Reason), Is.EqualTo(((BotNeed?)null, BotOutcome.HandedOver, "not_identified")));
    }

    [Test]
    public void An_answer_that_cannot_be_read_is_asked_for_again_and_then_a_person_comes()
    {
        var first = Hear("send something back");
        Assert.That(first.Says[^1], Is.EqualTo("Why?\n1. too small\n2. broken"));
        var second = BotTalk.Hear(SomeFlow.Flow, first.State, "blue", facts);
        Assert.That(second.Says[^1], Does.StartWith("Why?"));
        var third = BotTalk.Hear(SomeFlow.Flow, second.State, "blue", facts);
        Assert.That((third.Outcome, third.Reason), Is.EqualTo((BotOutcome.HandedOver, "failed")));
    }

    [TestCase("2", "broken")]
    [TestCase("it is broken", "broken")]
    [TestCase("BROKN", "broken")]
    [TestCase("too small.", "too small")]
    public void A_choice_is_read_by_its_number_its_name_or_with_a_slip(string said, string slot)
    {
        var move = BotTalk.Hear(SomeFlow.Flow, Hear("send something back").State, said, facts);

        Assert.That(move.State.Slots["reason"], Is.EqualTo(slot));
        Assert.That(move.Outcome, Is.EqualTo(slot == "broken" ? BotOutcome.HandedOver : BotOutcome.Talking));
        Assert.That(string.Join(' ', move.Says), Does.Contain(slot));
    }

    [Test]
    public void Who_wants_something_else_meanwhile_is_followed()
    {
        var move = BotTalk.Hear(SomeFlow.Flow, Hear("send something back").State, "where is my order", facts);

        Assert.That((move.State.Intent, move.State.Waiting), Is.EqualTo(("order_status", "ask_number")));
    }

    [Test]
    public void What_is_not_recognised_is_searched_for_and_then_asked_in_other_words_and_then_handed_over()
    {
        var first = Hear("zebra");
        Assert.That((first.Need, first.IsUnrecognised), Is.EqualTo((new BotNeed(IsOrder: false, "zebra"), true)));
        var missed = BotTalk.GoOn(SomeFlow.Flow, first, "zebra", new BotFinding([]), facts);
        Assert.That((missed.Outcome, missed.Says[^1]), Is.EqualTo((BotOutcome.Talking, BotLanguages.Of("en").NotUnderstood)));
        var again = BotTalk.GoOn(SomeFlow.Flow, BotTalk.Hear(SomeFlow.Flow, missed.State, "quagga", facts), "quagga", new BotFinding([]), facts);
        Assert.That((again.Outcome, again.Reason), Is.EqualTo((BotOutcome.HandedOver, "not_understood")));
    }

    [Test]
    public void Out_of_hours_a_message_is_taken()
    {
        var closed = facts with { AreOpen = false, OpensAt = "2030-01-16 09:00" };
        var first = BotTalk.Hear(SomeFlow.Flow, Open, "human", closed);
        Assert.That((first.Outcome, first.State.TakesMessage), Is.EqualTo((BotOutcome.MessageTaken, true)));
        Assert.That(first.Says[^1], Does.Contain("2030-01-16 09:00"));

        var taken = BotTalk.Hear(SomeFlow.Flow, first.State, "where is my order", closed);
        Assert.That((taken.Outcome, taken.State.TakesMessage, taken.Says[^1]), Is.EqualTo((BotOutcome.MessageTaken, false, BotLanguages.Of("en").MessageTaken)));
    }

    [Test]
    public void It_speaks_the_customers_language_where_the_flow_does()
    {
        var move = BotTalk.Hear(SomeFlow.Flow, new BotState { Locale = "de-AT", IsIntroduced = true }, "wo ist meine Bestellung", facts);

        Assert.That(move.Says, Is.EqualTo(new[] { "Wie lautet die Nummer Ihrer Bestellung?" }));
    }

    [Test]
    public void Every_language_says_everything()
    {
        foreach (var tag in BotLanguages.Tags)
            foreach (var property in typeof(BotTexts).GetProperties().Where(p => p.PropertyType == typeof(string))) Assert.That((string?)property.GetValue(BotLanguages.Of(tag)), Is.Not.Null.And.Not.Empty, $"{tag} {property.Name}");
    }

    [TestCase(SlotType.Number, "about 12,50 euros", "12.50")]
    [TestCase(SlotType.Number, "1.500 pieces", "1500")]
    [TestCase(SlotType.Number, "1,500,000.", "1500000")]
    [TestCase(SlotType.Number, "-1.500,25", "-1500.25")]
    [TestCase(SlotType.Number, "1,500.25", "1500.25")]
    [TestCase(SlotType.Number, "0.125", "0.125")]
    [TestCase(SlotType.Number, "99999999999999999999", null)]
    [TestCase(SlotType.Number, "1.2.3", null)]
    [TestCase(SlotType.Number, "many", null)]
    [TestCase(SlotType.Email, "it is Ana@Example.COM.", "ana@example.com")]
    [TestCase(SlotType.Email, "ana at example", null)]
    [TestCase(SlotType.Phone, "call +43 664 123 45 67", "+436641234567")]
    [TestCase(SlotType.Phone, "123", null)]
    [TestCase(SlotType.Date, "on 24.12.2029", "2029-12-24")]
    [TestCase(SlotType.Date, "2029-02-30", null)]
    [TestCase(SlotType.YesNo, "ja klar", "yes")]
    [TestCase(SlotType.YesNo, "non merci", "no")]
    [TestCase(SlotType.YesNo, "yes and no", null)]
    [TestCase(SlotType.OrderNumber, "it's #C-1042, I think", "C-1042")]
    [TestCase(SlotType.OrderNumber, "no idea", null)]
    [TestCase(SlotType.Text, "  ", null)]
    public void Answers_are_read_by_their_type(SlotType type, string said, string? value) => Assert.That(SlotReading.Read(new BotSlot { Name = "x", Type = type }, said), Is.EqualTo(value));

    private static BotState Open { get; } = new() { IsIntroduced = true };

    private static BotMove Hear(string message) => BotTalk.Hear(SomeFlow.Flow, Open, message, facts);

    [Test]
    public void A_question_that_leads_back_to_itself_is_asked_again_and_never_goes_round()
    {
        var flow = SomeFlow.Read(new
        {
            locale = "en",
            intents = new[] { new { name = "start", phrases = new[] { "begin now" }, step = "first" } },
            slots = new[] { new { name = "one", type = "text" }, new { name = "two", type = "text" } },
            steps = new object[]
            {
                new { name = "first", @do = "ask", slot = "one", say = new { en = "First?" }, next = "second" },
                new { name = "second", @do = "ask", slot = "two", say = new { en = "Second?" }, next = "first" },
            },
        });
        Assert.That(FlowCheck.WrongWith(flow, ""), Is.Empty);

        var state = new BotState { IsIntroduced = true };
        foreach (var (message, answer) in new[] { ("begin now", "First?"), ("a", "Second?"), ("b", "Second?"), ("c", "Second?") })
        {
            var move = BotTalk.Hear(flow, state, message, facts);
            Assert.That(move.Says, Is.EqualTo(new[] { answer }), message);
            state = move.State;
        }
    }

    [Test]
    public void A_number_that_no_order_has_is_asked_for_again()
    {
        var flow = SomeFlow.Read(new
        {
            locale = "en",
            intents = new[] { new { name = "order", phrases = new[] { "where is my order" }, step = "ask" } },
            slots = new[] { new { name = "number", type = "order_number" } },
            steps = new object[]
            {
                new { name = "ask", @do = "ask", slot = "number", say = new { en = "Which number?" }, next = "tell" },
                new { name = "tell", @do = "order_status", slot = "number", not_found = "sorry" },
                new { name = "sorry", @do = "say", say = new { en = "There is no order {number}." }, next = "ask" },
            },
        });
        Assert.That(FlowCheck.WrongWith(flow, ""), Is.Empty);

        var state = BotTalk.Hear(flow, new BotState { IsIntroduced = true }, "where is my order", facts).State;
        foreach (var number in new[] { "10042", "10043" })
        {
            var move = BotTalk.GoOn(flow, BotTalk.Hear(flow, state, number, facts), number, new BotFinding([]), facts);
            Assert.That(move.Says, Is.EqualTo(new[] { $"There is no order {number}.", "Which number?" }));
            Assert.That((move.Need, move.State.Waiting), Is.EqualTo(((BotNeed?)null, "ask")));
            state = move.State;
        }
    }

    [TestCase("ask_number")] // another kind of step now
    [TestCase("gone")]
    public void A_question_that_was_open_when_another_flow_was_published_is_forgotten(string waiting)
    {
        var flow = SomeFlow.Read(new
        {
            locale = "en",
            intents = new[] { new { name = "bye", phrases = new[] { "thanks a lot bye" }, step = "ask_number" } },
            steps = new object[] { new { name = "ask_number", @do = "end", say = new { en = "Goodbye." } } },
        });

        foreach (var (message, says) in new[] { ("yes", Array.Empty<string>()), ("thanks a lot bye", ["Goodbye."]) })
        {
            var move = BotTalk.Hear(flow, new BotState { IsIntroduced = true, Waiting = waiting }, message, facts);
            Assert.That((move.IsHelpful, move.State.Waiting), Is.EqualTo(((bool?)null, (string?)null)));
            Assert.That(move.Says, Is.EqualTo(says));
        }
    }
}
