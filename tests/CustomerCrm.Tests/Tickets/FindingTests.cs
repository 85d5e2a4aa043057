using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.Tickets;

public class FindingTests
{
    private SomeTickets tickets = null!;

    [SetUp]
    public async Task SetUp() => tickets = await SomeTickets.NewAsync();

    [Test]
    public async Task Tickets_are_filtered_and_sorted()
    {
        var (user, team) = (await tickets.Tenant.UserAsync(Role.Agent), await tickets.Tenant.CreateAsync<JsonElement>("/v1/teams", new { name = "Support" }));
        await tickets.Http.PutAsync($"/v1/teams/{team.Str("id")}/members/{user.Id}", null);
        var customer = await tickets.CustomerAsync();
        await tickets.OpenAsync(new { customer_id = customer, subject = "Mine", assignee_id = user.Id, priority = "low" });
        await tickets.OpenAsync(new { customer_id = customer, subject = "Ours", team_id = team.Str("id"), priority = "urgent" });
        await tickets.ChangeAsync(await tickets.OpenAsync("Done"), new { category = "solved" });

        Assert.That(await tickets.SubjectsAsync("sort=-priority&filter[is_solved][eq]=false"), Is.EqualTo(new[] { "Ours", "Mine" }));
        Assert.That(await tickets.SubjectsAsync("filter[category][in]=solved,closed"), Is.EqualTo(new[] { "Done" }));
        Assert.That(await tickets.SubjectsAsync("filter[is_assigned][eq]=false&sort=number"), Is.EqualTo(new[] { "Ours", "Done" }));
        Assert.That(await tickets.SubjectsAsync($"filter[assignee_id][eq]={user.Id}"), Is.EqualTo(new[] { "Mine" }));
        Assert.That(await tickets.SubjectsAsync($"filter[team_id][eq]={team.Str("id")}&filter[priority][eq]=urgent"), Is.EqualTo(new[] { "Ours" }));
        Assert.That(await tickets.SubjectsAsync($"filter[customer_id][eq]={customer}&sort=number"), Is.EqualTo(new[] { "Mine", "Ours" }));
        Assert.That((await TestTenant.ReadAsync<JsonElement>(await user.Http.GetAsync("/v1/tickets?mine=true&sort=number"))).Data().Select(t => t.Str("subject")), Is.EqualTo(new[] { "Mine", "Ours" }));
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>($"/v1/customers/{customer}/tickets")).Data(), Has.Length.EqualTo(2));
        await tickets.Http.DeleteAsync($"/v1/users/{user.Id}");
        Assert.That(await tickets.SubjectsAsync("filter[is_assigned][eq]=true"), Is.Empty, "who is gone is at nothing");
    }

    [Test]
    public async Task Words_are_found_in_subject_text_and_number_beside_other_filters()
    {
        var parcel = await tickets.OpenAsync("The Parcel is late", text: "It was to come on Thursday, with the teapot.");
        await tickets.OpenAsync("Invoice", text: "Parcels are fine, the invoice is not.");
        await tickets.Tenant.CreateAsync<JsonElement>("/v1/notes", new { customer_id = parcel.Str("customer_id"), body = "parcel teapot" });
        await tickets.Tenant.CreateAsync<JsonElement>($"{SomeTickets.PathOf(parcel)}/notes", new { text = "The carrier is Quicksilver." });
        await TestApi.RunJobsAsync();

        Assert.That(await tickets.SubjectsAsync("filter[words][match]=parcel&sort=number"), Is.EqualTo(new[] { "The Parcel is late", "Invoice" }));
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=parcel teapot"), Is.EqualTo(new[] { "The Parcel is late" }));
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=QUICKSIL"), Is.EqualTo(new[] { "The Parcel is late" }));
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=%232"), Is.EqualTo(new[] { "Invoice" }));
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=parcel&filter[number][eq]=2"), Is.EqualTo(new[] { "Invoice" }));
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=giraffe"), Is.Empty);
        var hit = (await tickets.Tenant.GetAsync<JsonElement>("/v1/search?q=quicksilver&kinds=ticket")).Data().Single();
        Assert.That((hit.Str("kind"), hit.Str("id"), hit.Str("title")), Is.EqualTo(("ticket", parcel.Str("id"), "#1 The Parcel is late")));

        await tickets.Http.DeleteAsync(SomeTickets.PathOf(parcel));
        await TestApi.RunJobsAsync();
        Assert.That(await tickets.SubjectsAsync("filter[words][match]=teapot"), Is.Empty);
        Assert.That((await tickets.Tenant.GetAsync<JsonElement>("/v1/search?q=quicksilver&kinds=ticket")).Data(), Is.Empty);
    }

    [Test]
    public async Task Pages_go_on_behind_each_other_in_every_way_of_asking()
    {
        var customer = await tickets.CustomerAsync();
        for (var i = 0; i < 7; i++) await tickets.OpenAsync(new { customer_id = customer, subject = $"Lamp {i}", priority = i % 2 == 0 ? "high" : "low" });
        await TestApi.RunJobsAsync();

        foreach (var question in new[] { "sort=-created_at", "sort=priority", "filter[words][match]=lamp", "filter[words][match]=lamp&sort=-priority", "filter[category][eq]=new&sort=updated_at" })
        {
            var (found, cursor) = (new List<string>(), "");
            do
            {
                var page = await tickets.Tenant.GetAsync<JsonElement>($"/v1/tickets?{question}&limit=2{cursor}");
                found.AddRange(page.Data().Select(t => t.Str("id")));
                cursor = page.IsNull("next_cursor") ? "" : $"&cursor={page.Str("next_cursor")}";
            }
            while (cursor.Length > 0);
            Assert.That(found.Distinct().Count(), Is.EqualTo(7), question);
            Assert.That(found, Has.Count.EqualTo(7), question);
        }
    }

    [Test]
    public async Task A_view_is_asked_by_its_id_and_can_be_narrowed()
    {
        var (ada, ben, boss) = (await tickets.Tenant.UserAsync(Role.Agent), await tickets.Tenant.UserAsync(Role.Agent), await tickets.Tenant.UserAsync(Role.Manager));
        await tickets.OpenAsync(new { customer_id = await tickets.CustomerAsync(), subject = "Low", priority = "low" });
        await tickets.OpenAsync(new { customer_id = await tickets.CustomerAsync(), subject = "High", priority = "high" });
        await tickets.OpenAsync(new { customer_id = await tickets.CustomerAsync(), subject = "Urgent", priority = "urgent" });

        var view = await tickets.Tenant.CreateAsync<JsonElement>("/v1/ticket_views", new { name = "Hot", query = "filter[priority][in]=high,urgent&sort=priority" });
        var own = await TestTenant.ReadAsync<JsonElement>(await ada.Http.PostAsJsonAsync("/v1/ticket_views", new { name = "Own", query = "", shared_with = "myself" }));

        Assert.That(await tickets.SubjectsAsync($"view={view.Str("id")}"), Is.EqualTo(new[] { "High", "Urgent" }));
        Assert.That(await tickets.SubjectsAsync($"view={view.Str("id")}&sort=-priority&limit=1"), Is.EqualTo(new[] { "Urgent" }));
        Assert.That(await tickets.SubjectsAsync($"view={view.Str("id")}&filter[number][eq]=2"), Is.EqualTo(new[] { "High" }));
        Assert.That((await ben.Http.GetAsync($"/v1/tickets?view={own.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await ada.Http.GetAsync($"/v1/tickets?view={own.Str("id")}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await ada.Http.PostAsJsonAsync("/v1/ticket_views", new { name = "All", query = "" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await boss.Http.PostAsJsonAsync("/v1/ticket_views", new { name = "All", query = "" })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Problem.OfAsync(await tickets.Http.PostAsJsonAsync("/v1/ticket_views", new { name = "x", query = "filter[nothing][eq]=1" }))).Pointers, Is.EqualTo(new[] { "/query" }));
    }
}
