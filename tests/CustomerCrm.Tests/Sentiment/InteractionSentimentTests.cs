using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Sentiment;
using CustomerCrm.Sentiment.Shifts;
using CustomerCrm.Tests.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Sentiment;

public class InteractionSentimentTests
{
    private TestTenant acme = null!;
    private string customer = null!;

    [SetUp]
    public async Task NewCustomerAsync()
    {
        acme = await TestTenant.NewAsync();
        customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada" })).GetProperty("id").GetString()!;
    }

    [Test]
    public async Task A_text_is_read_and_nothing_is_kept()
    {
        var read = await acme.CreateAsync<JsonElement>("/v1/sentiment/analysis", new { text = "Absolutely fantastic tea!" });

        Assert.That((read.Text("label"), read.Text("language")), Is.EqualTo(("positive", "en")));
        Assert.That(read.GetProperty("evidence")[0].Text("text"), Is.EqualTo("fantastic"));
    }

    [Test]
    public async Task What_comes_in_is_read_and_what_goes_out_is_not()
    {
        var (inbound, outbound) = (await WrittenAsync("The cup was broken. I am angry."), await WrittenAsync("We are so sorry, this is terrible.", "outbound"));
        await TestApi.RunJobsAsync();

        Assert.That((await OfAsync(inbound)).Text("label"), Is.EqualTo("negative"));
        Assert.That((await acme.Http.GetAsync($"/v1/interactions/{outbound}/sentiment")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_changed_text_is_read_again()
    {
        var id = await WrittenAsync("The cup was broken. I am angry.");
        await acme.Http.PatchAsJsonAsync($"/v1/interactions/{id}", new { body = "Thank you, the new cup is wonderful." });
        await TestApi.RunJobsAsync();

        Assert.That((await OfAsync(id)).Text("label"), Is.EqualTo("positive"));
    }

    [Test]
    public async Task A_persons_word_counts_whatever_is_read_later_until_it_is_withdrawn()
    {
        var id = await WrittenAsync("Great. Another broken cup. Wonderful service.");
        await TestApi.RunJobsAsync();

        await acme.Http.PutAsJsonAsync($"/v1/interactions/{id}/sentiment/correction", new { label = "negative" });
        await acme.Http.PatchAsJsonAsync($"/v1/interactions/{id}", new { body = "Great, wonderful." });
        await TestApi.RunJobsAsync();
        var corrected = await OfAsync(id);
        await acme.Http.DeleteAsync($"/v1/interactions/{id}/sentiment/correction");
        var withdrawn = await OfAsync(id);

        Assert.That((corrected.Text("label"), corrected.Text("read_label")), Is.EqualTo(("negative", "positive")));
        Assert.That(corrected.GetProperty("correction").GetProperty("by").Text("kind"), Is.EqualTo("api_key"));
        Assert.That((withdrawn.Text("label"), withdrawn.GetProperty("correction").ValueKind), Is.EqualTo(("positive", JsonValueKind.Null)));
    }

    [Test]
    public async Task Corrections_and_confirmations_make_the_accuracy()
    {
        var (right, wrong) = (await WrittenAsync("Excellent tea, thank you."), await WrittenAsync("Excellent, broken again."));
        await TestApi.RunJobsAsync();
        await acme.Http.PutAsJsonAsync($"/v1/interactions/{right}/sentiment/correction", new { label = "positive" });
        await acme.Http.PutAsJsonAsync($"/v1/interactions/{wrong}/sentiment/correction", new { label = "negative" });

        var accuracy = await acme.GetAsync<JsonElement>("/v1/sentiment/accuracy");

        Assert.That((accuracy.GetProperty("accuracy").GetProperty("count").GetInt32(), accuracy.GetProperty("accuracy").GetProperty("n").GetInt32()), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task What_was_there_before_is_read_at_night()
    {
        var id = await WrittenAsync("Awful coffee.");
        await TestApi.RunJobsAsync();
        await acme.WithDbAsync(db => db.ExecuteAsync(forget, null, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new ReadSentiments(), default));
        await TestApi.RunJobsAsync();

        Assert.That((await OfAsync(id)).Text("label"), Is.EqualTo("negative"));
    }

    [Test]
    public async Task The_report_counts_day_by_day_in_the_tenants_zone()
    {
        acme = await TestTenant.NewAsync("Asia/Tokyo");
        await NewCustomerOfAsync();
        await WrittenAsync("Awful coffee.", at: "2030-01-10T14:59:00Z"); // 23:59 in Tokyo
        await WrittenAsync("Lovely tea.", at: "2030-01-10T15:00:00Z"); // the next day there
        await TestApi.RunJobsAsync();

        var report = await acme.GetAsync<JsonElement>("/v1/sentiment/report?from=2030-01-10&to=2030-01-11");

        Assert.That(report.GetProperty("days").EnumerateArray().Select(d => (d.Text("date"), d.GetProperty("figures").GetProperty("negative").GetInt32())), Is.EqualTo(new[] { ("2030-01-10", 1), ("2030-01-11", 0) }));
        Assert.That(report.GetProperty("total").GetProperty("n").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_day_unlike_the_weeks_before_is_told_once()
    {
        var items = Enumerable.Range(0, 60).Select(i => Item("Thank you, lovely tea.", TestApi.Clock.GetUtcNow().AddDays(-3 - (i % 20))))
            .Concat(Enumerable.Range(0, 25).Select(i => Item(i % 5 == 0 ? "Lovely tea." : "The parcel was broken, awful.", TestApi.Clock.GetUtcNow().AddDays(-1).AddMinutes(-i))));
        await acme.Http.PostAsJsonAsync("/v1/interactions/batch", new { items });
        await TestApi.RunJobsAsync();

        for (var i = 0; i < 2; i++)
        {
            await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new FindShifts(), default));
            await TestApi.RunJobsAsync();
        }

        var shifts = (await acme.GetAsync<JsonElement>("/v1/sentiment/shifts")).GetProperty("data");
        var told = (await acme.GetAsync<JsonElement>("/v1/events?limit=100&filter[type][eq]=sentiment.shifted")).GetProperty("data");
        Assert.That(shifts.EnumerateArray().Select(s => (s.GetProperty("days").GetInt32(), s.GetProperty("is_worse").GetBoolean())), Does.Contain((1, true)));
        Assert.That(told.GetArrayLength(), Is.EqualTo(shifts.GetArrayLength()));
    }

    [TestCase("from=2030-02-01&to=2030-01-01", "?from")]
    [TestCase("from=2028-01-01&to=2030-01-01", "?from")]
    [TestCase("to=0001-01-01", "?to")]
    public async Task A_range_that_is_none_is_refused(string query, string pointer) =>
        Assert.That((await Problem.OfAsync(await acme.Http.GetAsync($"/v1/sentiment/report?{query}"))).Pointers, Is.EqualTo(new[] { pointer }));

    [Test]
    public async Task What_was_read_goes_into_the_bin_with_its_interaction_and_comes_back()
    {
        var id = await WrittenAsync("Awful coffee.");
        await TestApi.RunJobsAsync();

        await acme.Http.DeleteAsync($"/v1/interactions/{id}");
        var bin = (await acme.GetAsync<JsonElement>("/v1/recycle_bin")).GetProperty("data")[0].GetProperty("id").GetString();
        await acme.Http.PostAsync($"/v1/recycle_bin/{bin}/restore", null);

        Assert.That((await OfAsync(id)).Text("label"), Is.EqualTo("negative"));
    }

    private static readonly TenantSql forget = TenantSql.Of("DELETE FROM InteractionSentiments WHERE TenantId = @TenantId");

    [Test]
    public async Task What_an_email_quotes_is_not_what_its_customer_feels()
    {
        var id = await WrittenAsync("Thank you, that was wonderful!\n\nOn Mon, 14 Jan 2030 at 09:12, Support <help@example.com> wrote:\n> You said: this is a terrible, horrible, awful mess, and I am angry.\n> We are sorry.");
        var chatted = (await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = customer, channel = "chat", direction = "inbound", body = "> terrible, horrible, awful\nyes", occurred_at = "2030-01-15T08:00:00Z" })).GetProperty("id").GetString()!;
        await TestApi.RunJobsAsync();

        var read = await OfAsync(id);
        Assert.That(read.Text("label"), Is.EqualTo("positive"));
        Assert.That(read.GetProperty("evidence").EnumerateArray().Select(e => e.Text("text")), Does.Not.Contain("terrible"));
        Assert.That((await OfAsync(chatted)).Text("label"), Is.EqualTo("negative"), "nobody's program quotes in a chat");
    }

    private async Task NewCustomerOfAsync() => customer = (await acme.CreateAsync<JsonElement>("/v1/customers", new { name = "Ada" })).GetProperty("id").GetString()!;

    private object Item(string body, DateTimeOffset at) => new { customer_id = customer, channel = "email", direction = "inbound", body, occurred_at = at };

    private async Task<string> WrittenAsync(string body, string direction = "inbound", string at = "2030-01-15T08:00:00Z") =>
        (await acme.CreateAsync<JsonElement>("/v1/interactions", new { customer_id = customer, channel = "email", direction, body, occurred_at = at })).GetProperty("id").GetString()!;

    private Task<JsonElement> OfAsync(string id) => acme.GetAsync<JsonElement>($"/v1/interactions/{id}/sentiment");
}
