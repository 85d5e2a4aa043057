using System.Net;
using System.Text.RegularExpressions;
using CustomerCrm.Customers;
using CustomerCrm.Help;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tests.Help;

public partial class ContactFormTests
{
    private SomeHelp help = null!;

    private string Contact => $"{help.Home}/contact";

    [SetUp]
    public async Task OpenAsync()
    {
        help = await SomeHelp.NewAsync();
        await help.WriteAsync();
    }

    [Test]
    public async Task Articles_are_suggested_first_and_then_the_message_opens_one_conversation()
    {
        var (http, email) = (TestApi.NewClient(), $"b{Guid.NewGuid():N}@example.com");
        var asked = await SomeHelp.TextAsync(await SomeHelp.SendAsync(http, Contact, Question(email)));
        Assert.That(asked, Does.Contain("Do these answer your question?").And.Contain("When is my refund paid?").And.Not.Contain("How we refuse"));
        Assert.That(await ConversationsAsync(), Is.Empty);

        var id = ContactId().Match(asked).Groups[1].Value;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SomeHelp.SendAsync(http, Contact, [.. Question(email), ("contact", id), ("do", "send")])));

        var conversation = (await ConversationsAsync()).Single();
        Assert.That(conversation, Is.EqualTo(("My refund", "Where is the refund for my return?")));
        Assert.That((await help.Acme.GetAsync<Page<Customer>>("/v1/customers")).Data.Select(c => (c.Email, c.Name)), Is.EqualTo(new[] { (email, "Bea <b>") }));
    }

    [Test]
    public async Task Where_nothing_answers_it_is_sent_at_once()
    {
        var done = await SomeHelp.TextAsync(await SomeHelp.SendAsync(TestApi.NewClient(), Contact, ("email", "z@example.com"), ("subject", "Zebra"), ("message", "Quagga, okapi?")));

        Assert.That(done, Does.Contain("Your message has been sent."));
        Assert.That(await ConversationsAsync(), Has.Length.EqualTo(1));
    }

    // As a form sends them they are 30, 60 and 90 thousand bytes.
    [TestCase("a\n")]
    [TestCase("жу")]
    [TestCase("返品")]
    public async Task The_longest_message_arrives_in_any_writing(string written)
    {
        var message = string.Concat(Enumerable.Repeat(written, ContactQuestion.LongestMessage / 2)).Trim();

        var done = await SomeHelp.TextAsync(await SomeHelp.SendAsync(TestApi.NewClient(), Contact, ("email", "z@example.com"), ("subject", "Zebra"), ("message", message.Replace("\n", "\r\n", StringComparison.Ordinal))));

        Assert.That(done, Does.Contain("Your message has been sent."));
        Assert.That((await ConversationsAsync()).Single(), Is.EqualTo(("Zebra", message)));
    }

    [Test]
    public async Task A_customer_whom_a_link_has_brought_is_not_asked_who_they_are()
    {
        var (ana, http) = await help.CustomerAsync();
        Assert.That(await http.GetStringAsync(Contact), Does.Not.Contain("name=\"email\""));

        await SomeHelp.SendAsync(http, Contact, ("subject", "Zebra"), ("message", "Quagga, okapi?"));

        await help.Acme.WithDbAsync(async db => Assert.That(await db.QueryAsync<Id<Customer>>(CustomersOf, null, default), Is.EqualTo(new[] { ana.Id })));
    }

    [TestCase("email", "nonsense", "email")]
    [TestCase("email", "a@b@c.example", "email")]
    [TestCase("email", "<script>@x.example", "email")]
    [TestCase("subject", "", "subject")]
    [TestCase("message", "Hi", "message")]
    public async Task What_is_wrong_is_marked_and_what_was_written_stays(string field, string value, string marked)
    {
        var fields = Question("c@example.com").Select(f => f.Name == field ? (field, value) : f).ToArray();

        var answer = await SomeHelp.SendAsync(TestApi.NewClient(), Contact, fields);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain($"id=\"{marked}-error\"").And.Contain("aria-invalid=\"true\"").And.Contain("role=\"alert\"").And.Not.Contain("<script"));
        if (field != "message") Assert.That(html, Does.Contain("Where is the refund for my return?"));
        Assert.That(await ConversationsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_program_that_fills_in_everything_is_told_that_it_was_sent()
    {
        var answer = await SomeHelp.SendAsync(TestApi.NewClient(), Contact, [.. Question("spam@example.com"), ("website", "https://spam.example")]);

        Assert.That(await SomeHelp.TextAsync(answer), Does.Contain("Your message has been sent."));
        Assert.That(await ConversationsAsync(), Is.Empty);
    }

    [Test]
    public async Task The_sixth_message_of_an_hour_is_refused()
    {
        var http = TestApi.NewClient();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) statuses.Add((await SomeHelp.SendAsync(http, Contact, ("email", $"m{i}@example.com"), ("subject", "Zebra"), ("message", "Quagga, okapi?"))).StatusCode);

        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests }));
        Assert.That(await ConversationsAsync(), Has.Length.EqualTo(5));
    }

    [Test]
    public async Task Another_tenants_question_cannot_be_sent_or_settled_here()
    {
        var other = await SomeHelp.NewAsync();
        await other.WriteAsync();
        var id = ContactId().Match(await SomeHelp.TextAsync(await SomeHelp.SendAsync(TestApi.NewClient(), $"{other.Home}/contact", Question("d@example.com")))).Groups[1].Value;

        await SomeHelp.SendAsync(TestApi.NewClient(), Contact, [.. Question("d@example.com"), ("contact", id), ("do", "send")]);

        Assert.That(await ConversationsAsync(), Is.Empty);
    }

    [Test]
    public async Task Deflection_is_what_was_suggested_and_not_sent()
    {
        foreach (var then in new[] { "leave", "leave", "answered", "send" })
        {
            var (http, question) = (TestApi.NewClient(), Question($"e{Guid.NewGuid():N}@example.com"));
            var id = ContactId().Match(await SomeHelp.TextAsync(await SomeHelp.SendAsync(http, Contact, question))).Groups[1].Value;
            if (then != "leave") await SomeHelp.SendAsync(http, Contact, [.. question, ("contact", id), ("do", then)]);
        }
        await SomeHelp.SendAsync(TestApi.NewClient(), Contact, ("email", "f@example.com"), ("subject", "Zebra"), ("message", "Quagga, okapi?"));
        Assert.That((await DeflectionAsync()).Suggested, Is.Zero, "what was begun this hour may still be sent");
        await help.Acme.WithDbAsync(async db => await db.ExecuteAsync(TwoHoursAgo, new { At = TestApi.Clock.GetUtcNow().AddHours(-2) }, default));

        var shown = await DeflectionAsync();

        Assert.That((shown.Suggested, shown.NotSent, shown.Answered, shown.NothingSuggested), Is.EqualTo((4, 3, 1, 1)));
        Assert.That((shown.Deflection.Value, shown.Confirmed.Value, shown.Deflection.N), Is.EqualTo((0.75, 0.25, 4)));
    }

    private Task<ShowDeflection.Response> DeflectionAsync() => help.Acme.GetAsync<ShowDeflection.Response>("/v1/help/deflection");

    private static (string Name, string Value)[] Question(string email) => [("email", email), ("name", "Bea <b>"), ("subject", "My refund"), ("message", "Where is the refund for my return?")];

    private async Task<(string, string)[]> ConversationsAsync()
    {
        (string, string)[] all = [];
        await help.Acme.WithDbAsync(async db => all = [.. (await db.QueryAsync<Row>(Conversations, null, default)).Select(row => (row.Subject, row.Body))]);
        return all;
    }

    private sealed record Row(string Subject, string Body);

    [GeneratedRegex("name=\"contact\" value=\"([^\"]+)\"")]
    private static partial Regex ContactId();

    private static readonly TenantSql Conversations = TenantSql.Of("""
        SELECT c.Subject, i.Body
        FROM Conversations c
        JOIN ConversationEntries e ON e.TenantId = @TenantId AND e.ConversationId = c.Id
        JOIN Interactions i ON i.TenantId = @TenantId AND i.Id = e.InteractionId
        WHERE c.TenantId = @TenantId
        """);

    private static readonly TenantSql CustomersOf = TenantSql.Of("SELECT c.CustomerId FROM Conversations c WHERE c.TenantId = @TenantId");

    private static readonly TenantSql TwoHoursAgo = TenantSql.Of("UPDATE HelpContacts SET CreatedAt = @At WHERE TenantId = @TenantId");
}
