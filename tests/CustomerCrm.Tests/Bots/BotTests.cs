using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Bots;
using CustomerCrm.Bots.Answering;
using CustomerCrm.Bots.Talking;
using CustomerCrm.Conversations;
using CustomerCrm.Customers;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tests.Articles;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Bots;

public class BotTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task OpenAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task It_answers_a_chat_once_and_says_that_it_is_a_bot()
    {
        await HelpTexts.PublishAsync(acme, "Shipping costs", "Free from 50.");
        await PublishedAsync();
        var chat = await ChatAsync("what does shipping cost?");
        await TestApi.RunJobsAsync();

        var said = (await SaidAsync(chat.Id)).Single();
        Assert.That(said, Does.StartWith("This is Kim, an automated assistant.").And.Contain("I know your orders.").And.Contain("Shipping costs: Free from 50.").And.Contain("Did that help?"));

        await WriteAsync(chat.Id, "yes");
        await TestApi.RunJobsAsync();
        Assert.That(await SaidAsync(chat.Id), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_message_is_answered_once_however_often_the_work_is_done()
    {
        await PublishedAsync();
        var chat = await ChatAsync("send something back");
        await WriteAsync(chat.Id, "too small");

        await TestApi.RunJobsAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => acme.WithScopeAsync(services => services.GetRequiredService<IJob<AnswerByBot>>().RunAsync(new AnswerByBot(chat.Id, 99), default))));

        var said = await SaidAsync(chat.Id);
        Assert.That(said, Has.Count.EqualTo(2));
        Assert.That(said[0], Does.EndWith("Why?\n1. too small\n2. broken"));
        Assert.That(said[1], Does.StartWith("Too bad that it is too small."));
    }

    [Test]
    public async Task Who_makes_it_look_things_up_over_and_over_reaches_a_person()
    {
        var flow = new
        {
            locale = "en",
            intents = new[] { new { name = "start", phrases = new[] { "begin now" }, step = "look0" } },
            steps = Enumerable.Range(0, 30).Select(i => new { name = $"look{i}", @do = "search_articles", not_found = i == 29 ? null : $"look{i + 1}" }).ToArray(),
        };
        var bot = (await acme.CreateAsync<JsonElement>("/v1/bots", new { name = "Kim", flow })).GetProperty("id").GetString();

        using var answer = await acme.Http.PostAsJsonAsync($"/v1/bots/{bot}/try", new { messages = new[] { "begin now" } });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var turn = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data")[0];
        Assert.That((turn.GetProperty("outcome").GetString(), turn.GetProperty("reason").GetString()), Is.EqualTo(("handed_over", "failed")));
    }

    [Test]
    public async Task It_hands_over_with_all_it_has_learnt_to_the_queue_and_is_silent_then()
    {
        var team = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Returns" })).GetProperty("id").GetString()!;
        await PublishedAsync(team);
        var chat = await ChatAsync("I want to return an item");
        await TestApi.RunJobsAsync();
        await WriteAsync(chat.Id, "it is broken");
        await TestApi.RunJobsAsync();

        var now = await ShowAsync(chat.Id);
        Assert.That((now.State, now.TeamId?.ToString()), Is.EqualTo((ConversationState.Open, team)));
        var note = (await NotesAsync(chat.Id)).Single();
        Assert.That(note, Does.Contain("Wanted: send_back").And.Contain("reason: broken").And.Contain("Customer: it is broken").And.Contain("Bot: I am sorry that it is broken."));

        await WriteAsync(chat.Id, "hello? where is my order");
        await TestApi.RunJobsAsync();
        Assert.That(await SaidAsync(chat.Id), Has.Count.EqualTo(2));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Count(e => e.GetProperty("type").GetString() == "bot.handed_over"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_it_hands_over_becomes_a_ticket_once_in_the_same_queue_and_conversation()
    {
        var team = (await acme.CreateAsync<JsonElement>("/v1/teams", new { name = "Returns" })).GetProperty("id").GetString()!;
        await PublishedAsync(team);
        var chat = await ChatAsync("I want to return an item");
        await TestApi.RunJobsAsync();
        await WriteAsync(chat.Id, "it is broken");
        await TestApi.RunJobsAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => acme.WithScopeAsync(services => services.GetRequiredService<IJob<AnswerByBot>>().RunAsync(new AnswerByBot(chat.Id, 99), default))));

        var ticket = (await acme.GetAsync<JsonElement>("/v1/tickets")).GetProperty("data").EnumerateArray().Single();
        Assert.That((ticket.GetProperty("subject").GetString(), ticket.GetProperty("team_id").GetString(), ticket.GetProperty("conversation_id").GetString()), Is.EqualTo(("I want to return an item", team, chat.Id.ToString())));
        Assert.That(ticket.GetProperty("origin").GetProperty("kind").GetString(), Is.EqualTo("bot"));
        var told = (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "bot.handed_over");
        Assert.That(told.GetProperty("data").GetProperty("ticket_id").GetString(), Is.EqualTo(ticket.GetProperty("id").GetString()));
    }

    [Test]
    public async Task A_flow_says_what_ticket_it_opens_or_that_it_opens_none()
    {
        await acme.CreateAsync<JsonElement>("/v1/business_calendars", new { name = "Mornings", time_zone = "UTC", hours = new[] { new { day = "monday", from = "04:00", to = "05:00" } } });
        var bot = await CreateAsync();
        await FlowAsync(bot, new { is_opened = false });
        await ChatAsync("human");
        await TestApi.RunJobsAsync();
        Assert.That((await acme.GetAsync<JsonElement>("/v1/tickets")).GetProperty("data").GetArrayLength(), Is.Zero);

        await FlowAsync(bot, new { priority = "high", type = "problem", tags = new[] { "bot" } });
        var chat = await ChatAsync("human");
        await TestApi.RunJobsAsync();
        await WriteAsync(chat.Id, "My mill is broken.");
        await TestApi.RunJobsAsync();
        var ticket = (await acme.GetAsync<JsonElement>("/v1/tickets")).GetProperty("data").EnumerateArray().Single();
        Assert.That((ticket.GetProperty("priority").GetString(), ticket.GetProperty("type").GetString(), ticket.GetProperty("tags")[0].GetString()), Is.EqualTo(("high", "problem", "bot")));
    }

    [Test]
    public async Task A_conversation_that_has_a_ticket_gets_no_second_one()
    {
        await PublishedAsync();
        var chat = await ChatAsync("where is it?");
        await acme.CreateAsync<JsonElement>("/v1/tickets", new { customer_id = chat.CustomerId, subject = "Mine", conversation_id = chat.Id });
        await WriteAsync(chat.Id, "human");
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<JsonElement>("/v1/tickets")).GetProperty("data").EnumerateArray().Select(t => t.GetProperty("subject").GetString()), Is.EqualTo(new[] { "Mine" }));
    }

    [Test]
    public async Task Out_of_hours_it_takes_a_message_and_the_queue_has_it()
    {
        await acme.CreateAsync<JsonElement>("/v1/business_calendars", new { name = "Mornings", time_zone = "UTC", hours = new[] { new { day = "monday", from = "04:00", to = "05:00" } } });
        await PublishedAsync();
        var chat = await ChatAsync("human");
        await TestApi.RunJobsAsync();
        await WriteAsync(chat.Id, "Please call me about my broken mill.");
        await TestApi.RunJobsAsync();
        await WriteAsync(chat.Id, "And hurry.");
        await TestApi.RunJobsAsync();

        var said = await SaidAsync(chat.Id);
        Assert.That(said, Has.Count.EqualTo(2));
        Assert.That(said[0], Does.Contain("Nobody is here right now").And.Contain("2030-01-21 04:00"));
        Assert.That(said[1], Is.EqualTo(BotLanguages.Of("en").MessageTaken));
        Assert.That(await NotesAsync(chat.Id), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Where_a_person_has_the_conversation_it_says_nothing()
    {
        await PublishedAsync();
        var chat = await ChatAsync("send something back");
        await TestApi.RunJobsAsync();
        await acme.WithScopeAsync(services => services.GetRequiredService<ConversationWriter>().AppendAsync(chat.Id, new NewEntry { Author = EntryAuthor.Agent, AuthorName = "Eve", Text = "I am here." }, default));
        await WriteAsync(chat.Id, "broken");
        await TestApi.RunJobsAsync();

        Assert.That(await SaidAsync(chat.Id), Has.Count.EqualTo(1));
        var report = await ReportAsync();
        Assert.That((report.GetProperty("talks").GetInt32(), report.GetProperty("hand_over").GetProperty("value").GetDouble()), Is.EqualTo((1, 1.0)));
    }

    [Test]
    public async Task An_order_is_told_to_its_customer_when_they_have_proven_who_they_are()
    {
        await PublishedAsync();
        var stranger = await ChatAsync("where is order 10042?");
        await TestApi.RunJobsAsync();
        Assert.That((await SaidAsync(stranger.Id)).Single(), Does.Contain("only speak about orders with customers who are signed in"));

        var chat = await ChatAsync("where is order 10042?", isProven: true, orderNumber: "10042");
        await TestApi.RunJobsAsync();
        Assert.That((await SaidAsync(chat.Id)).Single(), Does.Contain("Your order 10042 of 2030-01-15: paid, not shipped yet."));

        await WriteAsync(chat.Id, "where is order 10042?");
        await TestApi.RunJobsAsync();
        Assert.That((await SaidAsync(chat.Id))[^1], Does.Contain("only speak about orders with customers who are signed in"), "whoever else writes in it");

        var other = await ChatAsync("where is order 10042?", isProven: true);
        await TestApi.RunJobsAsync();
        Assert.That((await SaidAsync(other.Id)).Single(), Does.Contain("I do not find an order of yours").And.Not.Contain("2030-01-15"));
    }

    [Test]
    public async Task History_that_is_loaded_and_channels_that_are_not_its_own_wake_nobody()
    {
        await PublishedAsync();
        var mail = await ChatAsync("where is my order", InteractionChannel.Web);
        await TestApi.RunJobsAsync();

        Assert.That(await SaidAsync(mail.Id), Is.Empty);
    }

    [Test]
    public async Task What_was_written_before_on_another_channel_is_not_its_to_answer()
    {
        await PublishedAsync();
        var talk = await ChatAsync("Dear Sir or Madam,", InteractionChannel.Web);
        await WriteAsync(talk.Id, "Did you get my letter?");
        await WriteAsync(talk.Id, "send something back", channel: InteractionChannel.Chat);
        await TestApi.RunJobsAsync();

        Assert.That((await SaidAsync(talk.Id)).Single(), Does.StartWith("This is Kim").And.Contain("Why?").And.Not.Contain("did not understand"));
    }

    [Test]
    public async Task The_console_says_each_decision_and_keeps_nothing()
    {
        var bot = await CreateAsync();

        var turns = (await acme.CreateAsync<JsonElement>($"/v1/bots/{bot.Id}/try", new { messages = new[] { "returning an item", "pink", "2", "anybody?" } })).GetProperty("data");

        Assert.That(turns.EnumerateArray().Select(t => t.GetProperty("outcome").GetString()), Is.EqualTo(new[] { "talking", "talking", "handed_over", "handed_over" }));
        Assert.That(turns[0].GetProperty("intent").GetString(), Is.EqualTo("send_back"));
        Assert.That(turns[0].GetProperty("explanation").EnumerateArray().Select(e => e.GetProperty("kind").GetString()), Is.EqualTo(new[] { "compared", "intent", "step" }));
        Assert.That(turns[2].GetProperty("explanation").EnumerateArray().Select(e => e.GetProperty("kind").GetString()), Is.EqualTo(new[] { "slot", "step", "branch", "step", "hand_over" }));
        Assert.That(turns[3].GetProperty("says").GetArrayLength(), Is.Zero);
        await acme.WithDbAsync(async db => Assert.That(await db.FindAsync<int>(Talks, null, default), Is.Zero));
    }

    [Test]
    public async Task What_was_published_answers_while_the_next_version_is_written()
    {
        var bot = await PublishedAsync();
        var changed = await TestTenant.ReadAsync<Bot>(await acme.Http.PatchAsJsonAsync($"/v1/bots/{bot.Id}", new { flow = new { locale = "en", intents = new[] { new { name = "hi", phrases = new[] { "hello" }, step = "hi" } }, steps = new[] { new { name = "hi", @do = "end", say = new { en = "New." } } } } }));
        Assert.That((changed.Version, changed.PublishedVersion), Is.EqualTo((2, (int?)1)));
        var chat = await ChatAsync("thanks a lot bye");
        await TestApi.RunJobsAsync();
        Assert.That((await SaidAsync(chat.Id)).Single(), Does.EndWith("Goodbye."));

        var restored = await TestTenant.ReadAsync<Bot>(await acme.Http.PostAsJsonAsync($"/v1/bots/{bot.Id}/versions/1/restoration", new { }));
        Assert.That((restored.Version, restored.Flow.Intents.Count), Is.EqualTo((3, 3)));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/bots/{bot.Id}/versions")).GetProperty("data").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_flow_that_could_lose_somebody_is_refused_with_every_place_and_nothing_is_kept()
    {
        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/bots", new { name = "Kim", flow = new { locale = "en", team_id = "tea_00000000000000000000000000", intents = new[] { new { name = "a", phrases = new[] { "b" }, step = "c" } } } }));

        Assert.That(problem.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.Pointers, Is.EquivalentTo(new[] { "/flow/intents/0/step", "/flow/team_id" }));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/bots")).GetProperty("data").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task What_it_achieves_is_counted()
    {
        var bot = await PublishedAsync();
        foreach (var (first, then) in new[] { ("send something back", (string[])["too small", "yes"]), ("send something back", ["too small", "no"]), ("human", []), ("can you sing Zebra songs 12345", ["quagga"]), ("thanks a lot bye", []) })
        {
            var chat = await ChatAsync(first);
            await TestApi.RunJobsAsync();
            foreach (var message in then)
            {
                await WriteAsync(chat.Id, message);
                await TestApi.RunJobsAsync();
            }
        }

        var report = await ReportAsync();
        Assert.That((report.GetProperty("talks").GetInt32(), report.GetProperty("answers").GetInt32(), report.GetProperty("going_on").GetInt32()), Is.EqualTo((5, 10, 0)));
        Assert.That(Value("resolution"), Is.EqualTo(0.4));
        Assert.That(Value("hand_over"), Is.EqualTo(0.6));
        Assert.That(Value("containment"), Is.EqualTo(0.4));
        Assert.That(Value("satisfaction"), Is.EqualTo(0.5));
        Assert.That(report.GetProperty("intents").EnumerateArray().First(i => i.GetProperty("intent").GetString() == "send_back").GetProperty("talks").GetInt32(), Is.EqualTo(2));
        Assert.That(report.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("reason").GetString()), Is.EquivalentTo(new[] { "asked", "not_helpful", "not_understood" }));
        var unrecognised = (await acme.GetAsync<JsonElement>($"/v1/bots/{bot.Id}/unrecognised")).GetProperty("data");
        Assert.That(unrecognised.EnumerateArray().Select(p => p.GetProperty("text").GetString()), Is.EquivalentTo(new[] { "can you sing zebra songs", "quagga" }), "numbers are not kept");

        double Value(string name) => report.GetProperty(name).GetProperty("value").GetDouble();
    }

    [Test]
    public async Task Another_tenants_bot_is_not_there()
    {
        var stranger = await TestTenant.NewAsync();
        var bot = await CreateAsync();
        var theirs = await stranger.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });

        Assert.That((await stranger.Http.PostAsJsonAsync($"/v1/bots/{bot.Id}/try", new { messages = new[] { "hi" } })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await acme.Http.PostAsJsonAsync($"/v1/bots/{bot.Id}/try", new { messages = new[] { "hi" }, customer_id = theirs.Id.ToString() })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<Bot> CreateAsync(string? teamId = null) => await acme.CreateAsync<Bot>("/v1/bots", new { name = "Kim", flow = SomeFlow.Wire(teamId) });

    private async Task<Bot> PublishedAsync(string? teamId = null) =>
        await TestTenant.ReadAsync<Bot>(await acme.Http.PostAsJsonAsync($"/v1/bots/{(await CreateAsync(teamId)).Id}/publication", new { }));

    private async Task<JsonElement> ReportAsync()
    {
        var bot = (await acme.GetAsync<JsonElement>("/v1/bots")).GetProperty("data")[0].GetProperty("id").GetString();
        return await acme.GetAsync<JsonElement>($"/v1/bots/{bot}/report");
    }

    private async Task<Conversation> ChatAsync(string text, InteractionChannel channel = InteractionChannel.Chat, bool isProven = false, string? orderNumber = null)
    {
        var customer = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
        if (orderNumber is not null) await acme.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = customer.Id, order_number = orderNumber, payment_status = "paid", lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        Conversation? begun = null;
        var visitor = isProven ? Guid.NewGuid().ToByteArray() : null;
        await acme.WithScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            await db.InTransactionAsync(async () =>
            {
                begun = await services.GetRequiredService<ConversationWriter>().StartAsync(new NewConversation { CustomerId = customer.Id, Channel = channel }, default);
                if (visitor is not null) await db.ExecuteAsync(Prove, new { Id = visitor, ConversationId = begun.Id, TokenHash = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32), Now = TestApi.Clock.GetUtcNow() }, default);
            }, default);
        });
        await WriteAsync(begun!.Id, text, visitor);
        return begun;
    }

    private Task WriteAsync(Id<Conversation> chat, string text, byte[]? visitor = null, InteractionChannel? channel = null) => acme.WithScopeAsync(services =>
        services.GetRequiredService<ConversationWriter>().AppendAsync(chat, new NewEntry { Author = EntryAuthor.Customer, Text = text, VisitorId = visitor, Channel = channel }, default));

    private async Task<Conversation> ShowAsync(Id<Conversation> chat)
    {
        Conversation? shown = null;
        await acme.WithDbAsync(async db => shown = await Conversation.FindAsync(chat, db, default));
        return shown!;
    }

    private async Task<IReadOnlyList<string>> SaidAsync(Id<Conversation> chat)
    {
        IReadOnlyList<string> said = [];
        await acme.WithDbAsync(async db => said = await db.QueryAsync<string>(Said, new { ConversationId = chat }, default));
        return said;
    }

    private async Task<IReadOnlyList<string>> NotesAsync(Id<Conversation> chat)
    {
        IReadOnlyList<string> notes = [];
        await acme.WithDbAsync(async db => notes = await db.QueryAsync<string>(Notes, new { ConversationId = chat }, default));
        return notes;
    }

    private static readonly TenantSql Said = TenantSql.Of("""
        SELECT i.Body
        FROM ConversationEntries e
        JOIN Interactions i ON i.TenantId = @TenantId AND i.Id = e.InteractionId
        WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Author = 3 AND e.Kind = 1
        ORDER BY e.Number
        """);

    private static readonly TenantSql Notes = TenantSql.Of("SELECT e.Body FROM ConversationEntries e WHERE e.TenantId = @TenantId AND e.ConversationId = @ConversationId AND e.Author = 3 AND e.Kind = 2");

    /// <summary>Another flow for a bot, which answers from now on.</summary>
    private async Task FlowAsync(Bot bot, object ticket)
    {
        (await acme.Http.PatchAsJsonAsync($"/v1/bots/{bot.Id}", new { flow = SomeFlow.Wire(ticket: ticket) })).EnsureSuccessStatusCode();
        (await acme.Http.PostAsync($"/v1/bots/{bot.Id}/publication", null)).EnsureSuccessStatusCode();
    }

    private static readonly TenantSql Talks = TenantSql.Of("SELECT COUNT(*) FROM BotSessions s WHERE s.TenantId = @TenantId");

    private static readonly TenantSql Prove = TenantSql.Of("""
        INSERT INTO ChatVisitors (TenantId, Id, ConversationId, TokenHash, IsVerified, ReadNumber, ExpiresAt, LastSeenAt, CreatedAt)
        VALUES (@TenantId, @Id, @ConversationId, @TokenHash, 1, 0, @Now, @Now, @Now)
        """);
}
