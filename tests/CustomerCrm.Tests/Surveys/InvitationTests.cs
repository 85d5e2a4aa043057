using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Surveys;

/// <summary>Who is asked, who is not, and what is said of it.</summary>
public class InvitationTests
{
    [Test]
    public async Task A_delivered_order_asks_once_and_in_the_customers_language()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "order_delivered" } } });
        var ana = await SomeSurveys.CustomerAsync(acme, "de");

        var order = await OrderAsync(acme, ana, "delivered");
        await acme.Http.PatchAsJsonAsync($"/v1/orders/{order}", new { fulfillment_status = "delivered" });
        var letters = await Mailbox.OfAsync(ana.Email!);

        var invitation = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();
        Assert.That(letters, Has.Length.EqualTo(1));
        Assert.That(letters[0], Does.Contain("Wie zufrieden sind Sie mit uns?").And.Contain("/survey/"));
        Assert.That((invitation.Text("state"), invitation.Text("cause"), invitation.GetProperty("about").Text("id")), Is.EqualTo(("sent", "order_delivered", order)));
        var explained = await ExplainAsync(acme, survey, invitation);
        Assert.That(explained.Text("summary"), Is.EqualTo("The survey asked, because of order.delivered."));
        Assert.That(explained.GetProperty("rules").EnumerateArray().Select(r => r.Text("name")), Is.SupersetOf(new[] { "survey_active", "still_so", "sample", "gap", "consent" }));
        Assert.That(explained.GetProperty("message").Text("state"), Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_quiet_write_asks_nobody()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "order_delivered" } } });
        var ana = await SomeSurveys.CustomerAsync(acme);
        acme.Http.DefaultRequestHeaders.Add("Crm-Quiet", "true");

        await OrderAsync(acme, ana, "delivered");
        var refused = await Problem.OfAsync(await SomeSurveys.TryInviteAsync(acme, survey.Id(), ana.Id.ToString()));
        await TestApi.RunJobsAsync();

        Assert.That(await SomeSurveys.InvitationsAsync(acme, survey.Id()), Is.Empty);
        Assert.That(refused.Code, Is.EqualTo("quiet_refused"));
    }

    [Test]
    public async Task Days_afterwards_means_days_and_an_order_that_came_back_asks_nobody()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "order_delivered", after_hours = 72 } } });
        var ana = await SomeSurveys.CustomerAsync(acme);
        var order = await OrderAsync(acme, ana, "delivered");
        await TestApi.RunJobsAsync();
        var waiting = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();

        await acme.Http.PatchAsJsonAsync($"/v1/orders/{order}", new { fulfillment_status = "returned" });
        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<SendInvitation>>().RunAsync(new SendInvitation(SomeSurveys.IdOf<SurveyInvitation>(waiting)), default));

        Assert.That((waiting.Text("state"), waiting.GetProperty("due_at").GetDateTimeOffset()), Is.EqualTo(("scheduled", TestApi.Clock.GetUtcNow().AddHours(72))));
        var after = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();
        Assert.That((after.Text("state"), after.Text("code")), Is.EqualTo(("not_sent", "still_so")));
        Assert.That(await Mailbox.OfAsync(ana.Email!), Is.Empty);
    }

    [Test]
    public async Task Joining_a_segment_asks_those_who_join_that_one()
    {
        var acme = await TestTenant.NewAsync();
        var (mine, other) = (await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Mine", kind = "static" }), await acme.CreateAsync<JsonElement>("/v1/segments", new { name = "Other", kind = "static" }));
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "segment_joined", segment_id = mine.Id() } }, channel = "link" });
        var (ana, bob) = (await SomeSurveys.CustomerAsync(acme), await SomeSurveys.CustomerAsync(acme));

        await acme.CreateAsync<JsonElement>($"/v1/segments/{mine.Id()}/members", new { customer_ids = new[] { ana.Id.ToString() } });
        await acme.CreateAsync<JsonElement>($"/v1/segments/{other.Id()}/members", new { customer_ids = new[] { bob.Id.ToString() } });
        await TestApi.RunJobsAsync();

        Assert.That((await SomeSurveys.InvitationsAsync(acme, survey.Id())).Select(i => i.Text("customer_id")), Is.EqualTo(new[] { ana.Id.ToString() }));
    }

    [Test]
    public async Task Of_two_surveys_on_one_event_the_older_asks_and_the_other_says_why_not()
    {
        var acme = await TestTenant.NewAsync();
        var settings = new { triggers = new object[] { new { on = "order_delivered" } } };
        var (older, newer) = (await SomeSurveys.CreateAsync(acme, settings: settings), await SomeSurveys.CreateAsync(acme, "nps", settings));
        var ana = await SomeSurveys.CustomerAsync(acme);

        await OrderAsync(acme, ana, "delivered");
        var letters = await Mailbox.OfAsync(ana.Email!);

        var (asked, held) = ((await SomeSurveys.InvitationsAsync(acme, older.Id())).Single(), (await SomeSurveys.InvitationsAsync(acme, newer.Id())).Single());
        Assert.That((asked.Text("state"), held.Text("state"), held.Text("code"), letters.Length), Is.EqualTo(("sent", "not_sent", "same_event", 1)));
        var rule = (await ExplainAsync(acme, newer, held)).GetProperty("rules").EnumerateArray().Single(r => r.Text("name") == "same_event");
        Assert.That((rule.Text("outcome"), rule.Text("value")), Is.EqualTo(("denied", older.Id())));
        await OrderAsync(acme, await SomeSurveys.CustomerAsync(acme), "delivered");
        await TestApi.RunJobsAsync();
        Assert.That((await SomeSurveys.InvitationsAsync(acme, older.Id())).Select(i => i.Text("state")), Is.All.EqualTo("sent"), "another event, another customer");
    }

    [Test]
    public async Task Where_the_older_survey_does_not_ask_the_newer_one_does()
    {
        var acme = await TestTenant.NewAsync();
        var triggers = new object[] { new { on = "order_delivered" } };
        var (older, newer) = (await SomeSurveys.CreateAsync(acme, settings: new { triggers, gap_days = 300 }), await SomeSurveys.CreateAsync(acme, "nps", new { triggers }));
        var ana = await SomeSurveys.CustomerAsync(acme);
        await SomeSurveys.InviteAsync(acme, older.Id(), ana.Id.ToString());

        await OrderAsync(acme, ana, "delivered");
        await TestApi.RunJobsAsync();

        Assert.That((await SomeSurveys.InvitationsAsync(acme, newer.Id())).Single().Text("state"), Is.EqualTo("sent"));
        Assert.That((await SomeSurveys.InvitationsAsync(acme, older.Id())).Select(i => i.Text("state")), Is.EquivalentTo(new[] { "sent", "not_sent" }));
    }

    [Test]
    public async Task Nothing_is_asked_about_what_is_not_there()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var survey = await SomeSurveys.CreateAsync(acme);
        var ana = await SomeSurveys.CustomerAsync(acme);
        var theirs = await OrderAsync(other, await SomeSurveys.CustomerAsync(other), "delivered");
        foreach (var about in new[] { new { kind = "order", id = theirs }, new { kind = "ticket", id = "tick_01mv4q0800ebxvvk1mr9tcr6ws" }, new { kind = "conversation", id = "conv_01mv4q0800ebxvvk1mr9tcr6ws" } })
        {
            var invited = await Problem.OfAsync(await SomeSurveys.TryInviteAsync(acme, survey.Id(), ana.Id.ToString(), about: about));
            var recorded = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { survey_id = survey.Id(), about, answers = new { score = 5 } }));

            foreach (var problem in new[] { invited, recorded }) Assert.That((problem.Errors.Single().Pointer, problem.Errors.Single().Code), Is.EqualTo(("/about/id", "unknown_subject")), about.kind);
        }
        Assert.That(await SomeSurveys.InvitationsAsync(acme, survey.Id()), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_asked_twice_by_a_survey_within_its_gap()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        var ana = await SomeSurveys.CustomerAsync(acme);

        await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString());
        var (second, path) = await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString());

        Assert.That((second.Text("state"), second.Text("code"), path), Is.EqualTo(("not_sent", "gap", (string?)null)));
    }

    [TestCase("link")]
    [TestCase("email")]
    public async Task The_contact_policy_lets_only_one_survey_through_in_so_many_days(string channel)
    {
        var acme = await TestTenant.NewAsync();
        await SomeMessages.PatchPolicyAsync(acme, new { guards = new[] { new { name = "recent_survey", days = 30, purposes = new[] { "service", "marketing" } } } });
        var (first, second) = (await SomeSurveys.CreateAsync(acme), await SomeSurveys.CreateAsync(acme, "nps"));
        var ana = await SomeSurveys.CustomerAsync(acme);

        var (asked, _) = await SomeSurveys.InviteAsync(acme, first.Id(), ana.Id.ToString(), channel);
        var (spared, _) = await SomeSurveys.InviteAsync(acme, second.Id(), ana.Id.ToString(), channel);
        var letters = await Mailbox.OfAsync(ana.Email!);

        Assert.That((asked.Text("state"), spared.Text("state"), spared.Text("code")), Is.EqualTo(("sent", "not_sent", "guard:recent_survey")));
        Assert.That(letters, Has.Length.EqualTo(channel == "email" ? 1 : 0), "the one that was let through is not held back by itself");
        var receipt = await SomeMessages.PostAsync(acme, new { customer_id = ana.Id.ToString(), channel = "email", purpose = "service", content = new { subject = "Hello", text = "No survey." } });
        Assert.That(receipt.Text("state"), Is.EqualTo("queued"), "other messages are not meant");
    }

    [Test]
    public async Task After_a_detractors_score_there_is_no_marketing_for_so_many_days()
    {
        var acme = await TestTenant.NewAsync();
        await SomeMessages.PatchPolicyAsync(acme, new { guards = new[] { new { name = "low_survey_score", days = 14 } } });
        var survey = await SomeSurveys.CreateAsync(acme, "nps");
        var (unhappy, happy) = (await SomeSurveys.CustomerAsync(acme), await SomeSurveys.CustomerAsync(acme));
        foreach (var customer in new[] { unhappy, happy }) await SomeMessages.SayAsync(acme, customer.Id);
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 6 }, unhappy);
        await SomeSurveys.AnswerAsync(acme, survey.Id(), new { score = 7 }, happy);

        var (refused, sent) = (await SomeMessages.PostAsync(acme, SomeMessages.Marketing(unhappy.Id)), await SomeMessages.PostAsync(acme, SomeMessages.Marketing(happy.Id)));

        Assert.That((refused.Text("state"), refused.Text("code")), Is.EqualTo(("refused", "guard:low_survey_score")));
        Assert.That(sent.Text("state"), Is.EqualTo("queued"));
    }

    [Test]
    public async Task A_message_that_is_refused_has_asked_nobody()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { purpose = "marketing" });
        var ana = await SomeSurveys.CustomerAsync(acme);

        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString(), "email");

        Assert.That((invitation.Text("state"), invitation.Text("code")), Is.EqualTo(("not_sent", "consent")));
        Assert.That((await ExplainAsync(acme, survey, invitation)).GetProperty("message").Text("state"), Is.EqualTo("refused"));
    }

    [Test]
    public async Task A_message_that_was_put_off_and_then_refused_counts_as_not_sent()
    {
        var acme = await TestTenant.NewAsync();
        await SomeMessages.PatchPolicyAsync(acme, new { quiet_days = new[] { "tuesday" }, quiet_purposes = new[] { "service", "marketing" } });
        var survey = await SomeSurveys.CreateAsync(acme);
        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), (await SomeSurveys.CustomerAsync(acme)).Id.ToString(), "email");

        await acme.CreateAsync<JsonElement>($"/v1/messages/{invitation.Text("message_id")}/cancellation", new { });
        await TestApi.RunJobsAsync();

        Assert.That(invitation.Text("state"), Is.EqualTo("sent"));
        var after = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();
        Assert.That((after.Text("state"), after.GetProperty("sent_at").ValueKind), Is.EqualTo(("not_sent", JsonValueKind.Null)));
    }

    [Test]
    public async Task A_text_message_asks_by_its_link()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { channel = "sms" });
        var ana = await SomeSurveys.CustomerAsync(acme);

        var (invitation, _) = await SomeSurveys.InviteAsync(acme, survey.Id(), ana.Id.ToString(), channel: null);
        var content = await acme.GetAsync<JsonElement>($"/v1/messages/{invitation.Text("message_id")}/content");

        Assert.That(content.Text("sms"), Does.StartWith("Acme asks: How satisfied are you with us?").And.Contain("/survey/"));
    }

    [Test]
    public async Task An_email_is_ours_to_the_last_byte_or_the_tenants_template()
    {
        var acme = await TestTenant.NewAsync();
        var template = await acme.CreateAsync<JsonElement>("/v1/templates", new { name = "Ask", subject = "Well?", text = "{{data.question}} {{data.survey_url}} {{#each data.scores}}{{value}} {{/each}}" });
        var own = await SomeSurveys.CreateAsync(acme, "free", definition: SomeSurveys.Definition(new { key = "a", type = "scale", min = 1, max = 3, text = new { en = "<b>Well</b> & good?" } }));
        var theirs = await SomeSurveys.CreateAsync(acme, "free", settings: new { template_id = template.Id() }, definition: SomeSurveys.Definition(new { key = "a", type = "scale", min = 1, max = 3, text = new { en = "Well?" } }));
        var ana = await SomeSurveys.CustomerAsync(acme);

        var (first, _) = await SomeSurveys.InviteAsync(acme, own.Id(), ana.Id.ToString(), "email");
        var (second, _) = await SomeSurveys.InviteAsync(acme, theirs.Id(), ana.Id.ToString(), "email");

        var html = (await acme.GetAsync<JsonElement>($"/v1/messages/{first.Text("message_id")}/content")).Text("html");
        Assert.That(html, Does.Contain("&lt;b&gt;Well&lt;/b&gt; &amp; good?").And.Contain("?score=3\""));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/messages/{second.Text("message_id")}/content")).Text("text"), Does.StartWith("Well? http").And.EndWith("1 2 3 "));
    }

    [Test]
    public async Task A_rule_asks_by_a_survey()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme);
        await acme.CreateAsync<JsonElement>("/v1/automation_rules", new { name = "Ask", definition = new { events = new[] { "note.created" }, actions = new[] { new { @do = "send_survey", with = new { survey_id = survey.Id(), channel = "email" } } } } });
        var ana = await SomeSurveys.CustomerAsync(acme);

        await acme.CreateAsync<JsonElement>("/v1/notes", new { customer_id = ana.Id.ToString(), body = "Called." });
        await TestApi.RunJobsAsync();

        var invitation = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();
        Assert.That((invitation.Text("state"), invitation.Text("cause"), invitation.Text("event_type")), Is.EqualTo(("sent", "automation_rule", "note.created")));
    }

    [Test]
    public async Task A_rule_for_a_survey_that_is_not_there_is_refused()
    {
        var acme = await TestTenant.NewAsync();
        var theirs = await SomeSurveys.CreateAsync(await TestTenant.NewAsync());

        var problem = await Problem.OfAsync(await acme.Http.PostAsJsonAsync("/v1/automation_rules", new { name = "Ask", definition = new { events = new[] { "note.created" }, actions = new[] { new { @do = "send_survey", with = new { survey_id = theirs.Id() } } } } }));

        Assert.That(problem.Errors.Select(e => e.Code), Is.EqualTo(new[] { "unknown_survey" }));
    }

    [Test]
    public async Task A_paused_survey_does_not_ask_by_itself()
    {
        var acme = await TestTenant.NewAsync();
        var survey = await SomeSurveys.CreateAsync(acme, settings: new { triggers = new object[] { new { on = "order_delivered", after_hours = 1 } } });
        var order = await OrderAsync(acme, await SomeSurveys.CustomerAsync(acme), "delivered");
        await TestApi.RunJobsAsync();
        var waiting = (await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single();

        await acme.Http.PatchAsJsonAsync($"/v1/surveys/{survey.Id()}", new { status = "paused" });
        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<SendInvitation>>().RunAsync(new SendInvitation(SomeSurveys.IdOf<SurveyInvitation>(waiting)), default));

        Assert.That(order, Is.Not.Empty);
        Assert.That((await SomeSurveys.InvitationsAsync(acme, survey.Id())).Single().Text("code"), Is.EqualTo("survey_active"));
    }

    [Test]
    public async Task Another_tenants_customer_survey_and_invitation_are_nobodys()
    {
        var (acme, other) = (await TestTenant.NewAsync(), await TestTenant.NewAsync());
        var (mine, theirs) = (await SomeSurveys.CreateAsync(acme), await SomeSurveys.CreateAsync(other));
        var stranger = await SomeSurveys.CustomerAsync(other);
        var (invitation, _) = await SomeSurveys.InviteAsync(other, theirs.Id(), stranger.Id.ToString());

        HttpStatusCode[] answers =
        [
            (await SomeSurveys.TryInviteAsync(acme, mine.Id(), stranger.Id.ToString())).StatusCode,
            (await SomeSurveys.TryInviteAsync(acme, theirs.Id(), stranger.Id.ToString())).StatusCode,
            (await acme.Http.GetAsync($"/v1/surveys/{mine.Id()}/invitations/{invitation.Id()}")).StatusCode,
            (await acme.Http.PostAsJsonAsync("/v1/survey_responses", new { invitation_id = invitation.Id(), answers = new { score = 5 } })).StatusCode,
        ];

        Assert.That(answers, Is.All.EqualTo(HttpStatusCode.NotFound));
    }

    private static Task<JsonElement> ExplainAsync(TestTenant tenant, JsonElement survey, JsonElement invitation) => tenant.GetAsync<JsonElement>($"/v1/surveys/{survey.Id()}/invitations/{invitation.Id()}/explanation");

    private static async Task<string> OrderAsync(TestTenant tenant, Customer customer, string status)
    {
        var order = await tenant.CreateAsync<JsonElement>("/v1/orders/", new { customer_id = customer.Id.ToString(), payment_status = "paid", fulfillment_status = status, lines = new[] { new { name = "Tea", quantity = 1, unit_price_minor = 500 } } });
        return order.Id();
    }
}
