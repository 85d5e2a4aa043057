using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.People;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;

namespace CustomerCrm.Tests.Tasks;

public class TaskTests
{
    private TestTenant acme = null!;
    private Customer ana = null!;

    [SetUp]
    public async Task SetUp()
    {
        acme = await TestTenant.NewAsync();
        ana = await acme.CreateAsync<Customer>("/v1/customers", new { name = "Ana" });
    }

    [Test]
    public async Task A_task_is_made_assigned_and_done_and_each_is_an_event()
    {
        var user = await acme.UserAsync(Role.Agent);
        var task = await MadeAsync(new { title = "Call back", customer_id = ana.Id.ToString(), priority = "high", due_at = "2030-01-16T09:00:00Z" });

        var assigned = await ChangedAsync(task, new { user_id = user.Id });
        var done = await ChangedAsync(assigned, new { status = "done" });
        var reopened = await ChangedAsync(done, new { status = "open" });

        Assert.That((task.Status, task.Priority, task.Source.Kind, task.Author.Name), Is.EqualTo((TaskState.Open, TaskPriority.High, "api", "Full access")));
        Assert.That((assigned.UserId?.ToString(), done.CompletedAt, reopened.CompletedAt, reopened.Revision), Is.EqualTo((user.Id, TestApi.Clock.GetUtcNow(), (DateTimeOffset?)null, 4)));
        Assert.That(await EventsAsync("task."), Is.EqualTo(new[] { "task.created", "task.assigned", "task.updated", "task.completed", "task.reopened" }));
    }

    [Test]
    public async Task A_task_stands_in_the_timeline_and_goes_with_its_customer()
    {
        var order = await Some.OrderAsync(acme, ana.Id);
        var task = await MadeAsync(new { title = "Check the address", order_id = order.Id.ToString() });

        var timeline = await acme.GetAsync<JsonElement>($"/v1/customers/{ana.Id}/timeline?filter[kind][in]=task");
        Assert.That(task.CustomerId, Is.EqualTo(ana.Id), "of an order, the order's customer");
        Assert.That(timeline.GetProperty("data")[0].GetProperty("title").GetString(), Is.EqualTo("Check the address"));

        await acme.Http.DeleteAsync($"/v1/orders/{order.Id}");
        Assert.That((await acme.GetAsync<TaskItem>($"/v1/tasks/{task.Id}")).OrderId, Is.Null);
        await acme.Http.DeleteAsync($"/v1/customers/{ana.Id}");
        Assert.That((await acme.Http.GetAsync($"/v1/tasks/{task.Id}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_person_finds_their_own_tasks_those_of_their_teams_and_what_is_overdue()
    {
        var user = await acme.UserAsync(Role.Agent);
        var team = await acme.CreateAsync<Team>("/v1/teams", new { name = "Support" });
        await acme.Http.PutAsync($"/v1/teams/{team.Id}/members/{user.Id}", null);
        await MadeAsync(new { title = "mine", user_id = user.Id });
        await MadeAsync(new { title = "the team's", team_id = team.Id.ToString(), due_at = "2030-01-14T09:00:00Z" });
        await MadeAsync(new { title = "nobody's", due_at = "2030-01-13T09:00:00Z" });
        await ChangedAsync(await MadeAsync(new { title = "was late", due_at = "2030-01-12T09:00:00Z" }), new { status = "done" });

        var mine = await TestTenant.ReadAsync<Page<TaskItem>>(await user.Http.GetAsync("/v1/tasks?mine=true"));

        Assert.That(mine.Data.Select(t => t.Title), Is.EquivalentTo(new[] { "mine", "the team's" }));
        Assert.That(await TitlesAsync("overdue=true&sort=due_at"), Is.EqualTo(new[] { "nobody's", "the team's" }));
        Assert.That(await TitlesAsync("sort=due_at&filter[status][eq]=open"), Is.EqualTo(new[] { "nobody's", "the team's", "mine" }), "without a date is last");
        Assert.That((await acme.Http.GetAsync("/v1/tasks?mine=true")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "a key is nobody");
    }

    [Test]
    public async Task What_a_task_names_must_be_there_and_ones_own()
    {
        var other = await TestTenant.NewAsync();
        var theirs = await other.CreateAsync<Customer>("/v1/customers", new { name = "Ben" });

        var response = await acme.Http.PostAsJsonAsync("/v1/tasks", new { title = "x", customer_id = theirs.Id.ToString(), user_id = Id<CustomerCrm.Users.User>.New().ToString(), team_id = Id<Team>.New().ToString() });

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()), Is.EquivalentTo(new[] { "unknown_customer", "unknown_user", "unknown_team" }));
    }

    [Test]
    public async Task Of_two_changes_at_once_one_is_told_of_the_other()
    {
        var task = await MadeAsync(new { title = "Call back" });
        using var stale = new HttpRequestMessage(HttpMethod.Patch, $"/v1/tasks/{task.Id}") { Content = JsonContent.Create(new { title = "second" }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"r1\"");
        await ChangedAsync(task, new { title = "first" });

        Assert.That((await acme.Http.SendAsync(stale)).StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
    }

    private Task<TaskItem> MadeAsync(object body) => acme.CreateAsync<TaskItem>("/v1/tasks", body);

    private async Task<TaskItem> ChangedAsync(TaskItem task, object body) => await TestTenant.ReadAsync<TaskItem>(await acme.Http.PatchAsJsonAsync($"/v1/tasks/{task.Id}", body));

    private async Task<string[]> TitlesAsync(string query) => [.. (await acme.GetAsync<Page<TaskItem>>($"/v1/tasks?{query}")).Data.Select(t => t.Title)];

    private async Task<string[]> EventsAsync(string beginning) =>
        [.. (await acme.GetAsync<JsonElement>("/v1/events?limit=100")).GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!).Where(t => t.StartsWith(beginning, StringComparison.Ordinal))];
}
