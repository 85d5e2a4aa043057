using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Tests.Slas;

namespace CustomerCrm.Tests.Topics;

[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
public class TopicTests
{
    private static readonly string[] refunds = ["refund", "money", "back", "card", "charged"], parcels = ["parcel", "late", "tracking", "courier", "delivery"];

    private DeskHost host = null!;

    // One host for all, since starting one takes longer than a test; its clock goes on from test to test.
    [OneTimeSetUp]
    public void Start() => host = new DeskHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [SetUp]
    public Task NextTuesdayAsync() => host.NextTuesdayAsync();

    [Test]
    public async Task It_is_off_until_there_is_evidence_and_says_what_is_missing()
    {
        var desk = await host.DeskAsync();
        var never = await desk.GetAsync("/v1/topics/model");
        var topic = await TopicAsync(desk, "Refunds");
        await SolvedAsync(desk, topic, refunds, 3);

        await TrainAsync(desk);

        var stand = await desk.GetAsync("/v1/topics/model");
        Assert.That((never.GetProperty("code").GetString(), stand.GetProperty("code").GetString(), stand.GetProperty("is_active").GetBoolean()), Is.EqualTo(("never_trained", "too_few_texts", false)));
        Assert.That(stand.GetProperty("topics")[0].GetProperty("tickets").GetInt32(), Is.EqualTo(3));
        Assert.That((await desk.Http.PostAsJsonAsync("/v1/topics/reading", new { text = "My money" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var ticket = await desk.TicketAsync(text: "I want a refund, my money back");
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/topic")).GetProperty("read").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task With_evidence_new_tickets_are_recognised_with_the_words_and_a_person_may_correct_it()
    {
        var desk = await host.DeskAsync();
        var (refund, parcel) = (await TopicAsync(desk, "Refunds"), await TopicAsync(desk, "Parcels"));
        await SolvedAsync(desk, refund, refunds, 20);
        await SolvedAsync(desk, parcel, parcels, 20);
        await TrainAsync(desk);
        var stand = await desk.GetAsync("/v1/topics/model");
        Assert.That((stand.GetProperty("is_active").GetBoolean(), stand.GetProperty("tickets").GetInt32()), Is.EqualTo((true, 40)), stand.GetRawText());
        await desk.PostAsync("/v1/routing_rules", new { name = "Refunds", definition = new { condition = new { ticket = new { field = "topic", op = "eq", value = "Refunds" } } } });

        var ticket = await desk.TicketAsync(subject: "Please help", text: "My card was charged twice, I want my money back");

        var topic = await desk.GetAsync($"/v1/tickets/{ticket}/topic");
        Assert.That((topic.GetProperty("topic_id").GetString(), topic.GetProperty("read").GetProperty("topic_id").GetString()), Is.EqualTo((refund, refund)));
        Assert.That(topic.GetProperty("read").GetProperty("words").EnumerateArray().Select(w => w.GetProperty("word").GetString()), Is.SupersetOf(new[] { "card", "charged", "money", "back" }));
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/routing")).GetProperty("decisions")[0].GetProperty("details").GetProperty("rules")[0].GetProperty("condition").GetProperty("seen").GetString(), Is.EqualTo("Refunds"), "routing knows it already");
        Assert.That((await desk.GetAsync($"/v1/topics/{parcel}/words")).GetProperty("data").EnumerateArray().Select(w => w.GetProperty("word").GetString()), Is.SupersetOf(parcels));
        Assert.That((await desk.PostAsync("/v1/topics/reading", new { text = "Where is the courier with my parcel?" })).GetProperty("topic_id").GetString(), Is.EqualTo(parcel));

        var corrected = await desk.PutAsync($"/v1/tickets/{ticket}/topic", new { topic_id = parcel });
        Assert.That((corrected.GetProperty("topic_id").GetString(), corrected.GetProperty("read").GetProperty("topic_id").GetString(), corrected.GetProperty("said").GetProperty("topic_id").GetString()), Is.EqualTo((parcel, refund, parcel)));
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("topic_id").GetString(), Is.EqualTo(parcel));
    }

    [Test]
    public async Task What_it_said_itself_is_never_learnt_from()
    {
        var desk = await host.DeskAsync();
        var (refund, parcel) = (await TopicAsync(desk, "Refunds"), await TopicAsync(desk, "Parcels"));
        await SolvedAsync(desk, refund, refunds, 20);
        await SolvedAsync(desk, parcel, parcels, 20);
        await TrainAsync(desk);
        var read = await desk.TicketAsync(text: "refund money back card charged");
        await desk.PatchAsync($"/v1/tickets/{read}", new { category = "solved" });

        await TrainAsync(desk);
        Assert.That((await desk.GetAsync("/v1/topics/model")).GetProperty("tickets").GetInt32(), Is.EqualTo(40));

        await desk.PutAsync($"/v1/tickets/{read}/topic", new { topic_id = refund }); // confirmed
        await TrainAsync(desk);
        Assert.That((await desk.GetAsync("/v1/topics/model")).GetProperty("tickets").GetInt32(), Is.EqualTo(41));
    }

    [Test]
    public async Task A_deleted_topic_is_nobodys_and_strangers_have_none()
    {
        var (desk, stranger) = (await host.DeskAsync(), await host.DeskAsync());
        var topic = await TopicAsync(desk, "Refunds");
        var ticket = await desk.TicketAsync();
        await desk.PatchAsync($"/v1/tickets/{ticket}", new { topic_id = topic });
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/topic")).GetProperty("said").GetProperty("topic_id").GetString(), Is.EqualTo(topic));
        Assert.That((await stranger.Http.GetAsync($"/v1/topics/{topic}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var foreign = await stranger.Http.PatchAsJsonAsync($"/v1/tickets/{await stranger.TicketAsync()}", new { topic_id = topic });
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await desk.Http.PostAsJsonAsync("/v1/topics", new { name = "REFUNDS" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));

        (await desk.Http.DeleteAsync($"/v1/topics/{topic}")).EnsureSuccessStatusCode();

        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}")).GetProperty("topic_id").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await desk.GetAsync($"/v1/tickets/{ticket}/topic")).GetProperty("said").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    private static async Task<string> TopicAsync(Desk desk, string name) => Desk.Id(await desk.PostAsync("/v1/topics", new { name }));

    private async Task TrainAsync(Desk desk)
    {
        (await desk.Http.PostAsync("/v1/topics/trainings", null)).EnsureSuccessStatusCode();
        await host.RunAsync();
    }

    private static async Task SolvedAsync(Desk desk, string topic, string[] words, int count)
    {
        var random = new Random(1);
        var customer = await desk.CustomerAsync();
        for (var i = 0; i < count; i++)
        {
            var ticket = await desk.TicketAsync(customer, subject: "Please help", text: string.Join(' ', Enumerable.Range(0, 3).Select(_ => words[random.Next(words.Length)])));
            await desk.PatchAsync($"/v1/tickets/{ticket}", new { topic_id = topic, category = "solved" });
        }
    }
}
