using System.Text.Json;
using CustomerCrm.Customers;

namespace CustomerCrm.Tests.Imports;

public class ConsentImportTests
{
    private const string Header = "email,purpose,channel,topic,status,date,text,form,ip,id\n";

    private TestTenant acme = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync(timeZone: "Europe/Vienna");
        await acme.CreateAsync<JsonElement>("/v1/consent_topics", new { name = "newsletter", title = "Newsletter" });
    }

    [Test]
    public async Task Rows_become_entries_of_the_ledger_with_their_dates_and_proof()
    {
        var ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@example.com" });
        const string file = Header
            + "ana@example.com,marketing,email,newsletter,subscribed,2024-05-01 10:00,\"Yes, send me news.\",footer,203.0.113.9,c1\n"
            + "bob@example.com,marketing,E-Mail,,unsubscribed,2025-01-02T03:04:05Z,,,,c2\n"
            + "ana@example.com,marketing,email,pigeons,granted,2024-05-01,,,,c3\n"
            + "ana@example.com,marketing,email,,granted,2099-01-01,,,,c4\n";

        var id = await SomeFiles.UploadedAsync(acme, file, "resource=consents");
        var tried = await SomeFiles.DoAsync(acme, id, "dry_run");
        var run = await SomeFiles.DoAsync(acme, id, "run");

        Assert.That((run.Of("run", "created"), run.Of("run", "invalid")), Is.EqualTo((2, 2)));
        Assert.That(run.GetProperty("run").GetRawText(), Is.EqualTo(tried.GetProperty("dry_run").GetRawText()), "the dry run finds the same");
        var entry = (await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/consent_entries")).GetProperty("data").EnumerateArray().Single();
        var proof = entry.GetProperty("proof");
        Assert.That((entry.Text("state"), entry.Text("topic"), entry.Text("occurred_at"), entry.Text("source"), entry.Text("external_id")), Is.EqualTo(("granted", "newsletter", "2024-05-01T08:00:00Z", "import", "c1")));
        Assert.That((proof.Text("text"), proof.Text("form"), proof.GetProperty("ip_hash").GetString()), Is.EqualTo(("Yes, send me news.", "footer", proof.Text("ip_hash"))));
        Assert.That(entry.GetRawText(), Does.Not.Contain("203.0.113.9"));
        var bob = (await SomeFiles.CustomersAsync(acme, "&filter[email][eq]=bob@example.com")).Single();
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{bob.Text("id")}/consents")).GetProperty("data")[0].Text("state"), Is.EqualTo("withdrawn"));
        var errors = (await acme.GetAsync<JsonElement>($"/v1/imports/{id}/errors")).GetProperty("data").EnumerateArray().Select(e => (e.GetProperty("line").GetInt32(), e.Text("column"), e.Text("code")));
        Assert.That(errors, Is.EqualTo(new[] { (4, "topic", "unknown_topic"), (5, "date", "in_the_future") }));
    }

    [Test]
    public async Task What_is_older_than_what_is_known_changes_nothing_that_holds()
    {
        var ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana", email = "ana@example.com" });
        await acme.CreateAsync<JsonElement>($"/v1/customers/{ana.Id}/consents", new { purpose = "marketing", channel = "email", state = "withdrawn" });

        await SomeFiles.ImportedAsync(acme, Header + "ana@example.com,marketing,email,,granted,2024-05-01,,,,\n", "resource=consents");

        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/consents")).GetProperty("data")[0].Text("state"), Is.EqualTo("withdrawn"));
        Assert.That((await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/consent_entries")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_that_is_run_twice_is_recorded_once_and_undo_leaves_the_ledger_as_it_is()
    {
        const string file = "email,purpose,channel,state,occurred_at\nana@example.com,marketing,sms,granted,2024-05-01\nana@example.com,marketing,email,granted,2024-05-01\n";

        await SomeFiles.ImportedAsync(acme, file, "resource=consents");
        var again = await SomeFiles.UploadedAsync(acme, file, "resource=consents");
        var second = await SomeFiles.DoAsync(acme, again, "run");
        var first = (await acme.GetAsync<JsonElement>("/v1/imports")).GetProperty("data").EnumerateArray().Single(i => i.Text("id") != again).Text("id");
        var undone = await SomeFiles.DoAsync(acme, first, "undo");

        Assert.That((second.Of("run", "created"), second.Of("run", "skipped")), Is.EqualTo((0, 2)));
        Assert.That((undone.Of("undo", "kept"), undone.Of("undo", "removed")), Is.EqualTo((2, 0)));
        Assert.That((await acme.GetAsync<JsonElement>("/v1/consents")).GetProperty("data").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_must_say_whose_purpose_channel_and_state()
    {
        var id = await SomeFiles.UploadedAsync(acme, "email,status\nana@example.com,granted\n", "resource=consents");

        var answer = await acme.Http.PostAsync($"/v1/imports/{id}/run", null);

        Assert.That((await Problem.OfAsync(answer)).Pointers, Is.EqualTo(new[] { "/mapping" }));
    }
}
