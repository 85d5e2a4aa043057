using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Templates;
using CustomerCrm.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Slas;

/// <summary>It is Tuesday, nine o'clock; the office opens at noon.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class AcknowledgementTests
{
    private DeskHost host = null!;

    // One host for all, since starting one takes longer than a test; its clock goes on from test to test.
    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task Who_writes_while_nobody_is_there_is_told_when_to_expect_an_answer_in_their_language()
    {
        var desk = await OpenAsync();
        await desk.SlaAsync();
        var ada = await desk.CustomerAsync("de-AT");
        var ticket = await desk.TicketAsync(ada, subject: "Wo bleibt es?");

        await host.RunAsync();

        var content = await ContentAsync(desk, ada);
        Assert.That(content, Does.Contain("Wo bleibt es?").And.Contain($"{Today} 13:00 (Europe/Vienna)").And.Contain($"bis {Today} 14:00 (Europe/Vienna)"));
        var said = (await desk.GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("acknowledgements").EnumerateArray().Single();
        Assert.That((said.GetProperty("outcome").GetString(), said.GetProperty("expected_at").GetDateTimeOffset()), Is.EqualTo(("sent", host.Clock.GetUtcNow().AddHours(4))), "an hour of an office that opens at twelve");
    }

    [Test]
    public async Task A_burst_gets_one_answer_however_often_the_job_runs_and_the_next_burst_another()
    {
        var desk = await OpenAsync();
        var ada = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(ada);
        await host.RunAsync();
        await RunAsync(desk, ticket);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await desk.HearAsync(ticket);
        await host.RunAsync();

        Assert.That(await desk.ListAsync($"/v1/customers/{ada}/messages"), Has.Length.EqualTo(1));

        host.Clock.Advance(TimeSpan.FromHours(4)); // in the office: somebody answers, and the customer writes at night
        await desk.ReplyAsync(ticket);
        host.Clock.Advance(TimeSpan.FromHours(12));
        await desk.HearAsync(ticket);
        await host.RunAsync();
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("acknowledgements").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task In_the_office_hours_people_answer()
    {
        var desk = await OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(4));
        var ada = await desk.CustomerAsync();
        await desk.TicketAsync(ada);

        await host.RunAsync();

        Assert.That(await desk.ListAsync($"/v1/customers/{ada}/messages"), Is.Empty);
    }

    [Test]
    public async Task Programs_are_not_answered_so_no_two_of_them_write_to_each_other()
    {
        var desk = await OpenAsync();
        var ada = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(ada);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.HearAsync(ticket, from: "no-reply@shop.example");
        await host.RunAsync();

        var said = (await desk.GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("acknowledgements").EnumerateArray().Select(a => a.GetProperty("outcome").GetString());
        Assert.That(said, Is.EqualTo(new[] { "automatic_sender" }));
        Assert.That(await desk.ListAsync($"/v1/customers/{ada}/messages"), Is.Empty);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task What_is_automatic_itself_or_came_in_bulk_is_never_answered(bool isAutomatic, bool isBulk)
    {
        var desk = await OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(5)); // somebody is there, and then not
        var ada = await desk.CustomerAsync();
        var ticket = await desk.TicketAsync(ada);
        await desk.ReplyAsync(ticket);
        host.Clock.Advance(TimeSpan.FromHours(12));
        await desk.HearAsync(ticket, isAutomatic, isBulk: isBulk);
        await host.RunAsync();

        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/sla")).GetProperty("acknowledgements").EnumerateArray().Select(a => a.GetProperty("outcome").GetString()), Does.Not.Contain("sent"));
        Assert.That((await desk.ListAsync($"/v1/customers/{ada}/messages")).Where(m => m.GetProperty("reason").GetProperty("kind").GetString() == "sla"), Is.Empty);
    }

    [Test]
    public async Task It_says_of_itself_that_a_program_wrote_it()
    {
        var desk = await OpenAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        var ada = Desk.Id(await desk.PostAsync("/v1/customers", new { name = "Ada", email }));
        await desk.TicketAsync(ada);
        await host.RunAsync();

        var headers = (await desk.MailboxAsync(email)).Single().GetProperty("headers");

        Assert.That(headers.GetProperty("Auto-Submitted").GetString(), Is.EqualTo("auto-replied"));
    }

    [Test]
    public async Task The_template_of_the_language_is_taken_with_the_times_in_it()
    {
        var desk = await OpenAsync();
        var template = Desk.Id(await desk.PostAsync("/v1/templates", new { name = "ack_sr", subject = "Hvala ({{data.ticket_number}})", text = "Do {{data.expected_at}}." }));
        await desk.PatchAsync("/v1/slas/acknowledgement", new { templates = new object[] { new { language = "sr", template_id = template } } });
        var ada = await desk.CustomerAsync("sr");
        await desk.TicketAsync(ada);

        await host.RunAsync();

        Assert.That(await ContentAsync(desk, ada), Does.Contain($"Do {Today} 13:00 (Europe/Vienna)."));
    }

    [Test]
    public async Task It_is_off_until_somebody_wants_it_and_refuses_templates_that_are_not_there()
    {
        var desk = await host.DeskAsync();
        await desk.OfficeAsync("Europe/Vienna", "13:00", "18:00");
        var ada = await desk.CustomerAsync();
        await desk.TicketAsync(ada);
        await host.RunAsync();

        var wrong = await desk.Http.PatchAsync("/v1/slas/acknowledgement", new StringContent("""{"templates":[{"language":"de","template_id":"tpl_01951c2e8f0070008000000000"}]}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.That(await desk.ListAsync($"/v1/customers/{ada}/messages"), Is.Empty);
        Assert.That((int)wrong.StatusCode, Is.EqualTo(422));
        Assert.That((await desk.GetAsync("/v1/slas/acknowledgement")).GetProperty("is_enabled").GetBoolean(), Is.False);
    }

    [TestCase("no-reply@shop.example", true)]
    [TestCase("MAILER-DAEMON@mx.example", true)]
    [TestCase("bounces+ada=example.com@lists.example", true)]
    [TestCase("noreply-orders@shop.example", true)]
    [TestCase("ada@example.com", false)]
    [TestCase("norepeat@example.com", false)]
    [TestCase(null, false)]
    public void An_address_behind_which_nobody_reads_is_known_by_its_name(string? address, bool isAutomatic) => Assert.That(AutomaticSender.Is(address), Is.EqualTo(isAutomatic));

    [Test]
    public void The_language_itself_goes_before_the_one_it_is_a_kind_of_and_that_before_any()
    {
        var (exact, kind, any) = (Id<Template>.New(), Id<Template>.New(), Id<Template>.New());
        AcknowledgementTemplate[] all = [new() { TemplateId = any }, new() { Language = "de", TemplateId = kind }, new() { Language = "de-AT", TemplateId = exact }];

        Assert.That(new[] { "de-AT", "DE-ch", "fr", null }.Select(language => AcknowledgementTexts.Pick(all, language)), Is.EqualTo(new Id<Template>?[] { exact, kind, any, any }));
        Assert.That(AcknowledgementTexts.Pick(all[1..], "fr"), Is.Null);
    }

    private string Today => host.Clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Desk> OpenAsync()
    {
        var desk = await host.DeskAsync();
        await desk.OfficeAsync("Europe/Vienna", "13:00", "18:00");
        await desk.PatchAsync("/v1/slas/acknowledgement", new { is_enabled = true });
        return desk;
    }

    private static async Task<string> ContentAsync(Desk desk, string customer)
    {
        var message = (await desk.ListAsync($"/v1/customers/{customer}/messages")).Single();
        return (await desk.GetAsync($"/v1/messages/{Desk.Id(message)}/content")).GetProperty("text").GetString()!;
    }

    private static Task RunAsync(Desk desk, string ticket) => desk.InScopeAsync(services => services.GetRequiredService<IJob<AcknowledgeTicket>>().RunAsync(new AcknowledgeTicket(Id<Ticket>.Parse(ticket)), default));
}
