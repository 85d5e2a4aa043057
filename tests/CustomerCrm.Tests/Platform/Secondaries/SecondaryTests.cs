using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Platform.Secondaries;

/// <summary>What may be old is read from a secondary, and nothing else is.</summary>
public class SecondaryTests
{
    private static readonly SystemSql loseMembers = SystemSql.Of("DROP TABLE SegmentMembers"); // as if it were half restored
    private static readonly SystemSql renameToAfter = SystemSql.Of("UPDATE Customers SET Name = 'after'");
    private static readonly SystemSql renameToLater = SystemSql.Of("UPDATE Customers SET Name = 'later'");
    private static readonly SystemSql emigrate = SystemSql.Of("UPDATE Tenants SET TimeZone = 'Asia/Tokyo', Revision = Revision + 1");
    private readonly ReplicatedProgram program = new();
    private HttpClient http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        http = await program.TenantAsync();
        await CreateAsync("before");
        await program.FollowAsync();
        await program.ElsewhereAsync(renameToAfter);
    }

    [TearDown]
    public async Task StopAsync() => await program.DisposeAsync();

    [Test]
    public async Task A_list_comes_from_the_secondary_and_says_as_of_when()
    {
        var (names, asOf) = await ListAsync();

        Assert.That(names, Is.EqualTo(new[] { "before" }));
        Assert.That(asOf, Is.EqualTo(program.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ")));
    }

    [Test]
    public async Task A_record_by_itself_with_its_tag_comes_from_the_primary()
    {
        var id = (await http.GetFromJsonAsync<JsonElement>("/v1/customers")).GetProperty("data")[0].GetProperty("id").GetString();

        using var shown = await http.GetAsync($"/v1/customers/{id}");

        Assert.That((await shown.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString(), Is.EqualTo("after"));
        Assert.That((shown.Headers.ETag, shown.Headers.Contains("Crm-As-Of")), Is.EqualTo((shown.Headers.ETag, false)));
        Assert.That(shown.Headers.ETag, Is.Not.Null);
    }

    [Test]
    public async Task Whoever_asks_for_what_is_current_gets_it()
    {
        http.DefaultRequestHeaders.Add("Crm-Read", "current");

        Assert.That(await ListAsync(), Is.EqualTo((new[] { "after" }, (string?)null)).AsCollection);
    }

    [Test]
    public async Task Another_wish_is_refused()
    {
        http.DefaultRequestHeaders.Add("Crm-Read", "old");

        using var answer = await http.GetAsync("/v1/customers");

        Assert.That((answer.StatusCode, (await Problem.OfAsync(answer)).Code), Is.EqualTo((HttpStatusCode.BadRequest, "read_invalid")));
    }

    [Test]
    public async Task Whoever_has_written_reads_it_at_once_and_from_the_secondary_only_when_it_is_there()
    {
        await CreateAsync("new");
        var atOnce = await ListAsync();
        program.Clock.Advance(TimeSpan.FromSeconds(6));
        await program.LookAsync();
        var notThere = await ListAsync();
        await program.FollowAsync();
        var there = await ListAsync();

        Assert.That((atOnce.AsOf, notThere.AsOf), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(new[] { atOnce.Names, notThere.Names, there.Names }, Has.All.EquivalentTo(new[] { "after", "new" }));
        Assert.That(there.AsOf, Is.Not.Null);
    }

    [Test]
    public async Task A_neighbour_who_writes_changes_nothing_for_others()
    {
        using var neighbour = await program.TenantAsync();
        using var made = await neighbour.PostAsJsonAsync("/v1/customers", new { name = "theirs" });

        Assert.That((made.StatusCode, (await ListAsync()).AsOf is null), Is.EqualTo((HttpStatusCode.Created, false)));
    }

    [Test]
    public async Task One_that_does_not_answer_is_passed_over_and_health_says_so()
    {
        program.Replica.IsDown = true;
        var (names, asOf) = await ListAsync();
        var health = await HealthAsync();
        program.Replica.IsDown = false;
        await program.LookAsync();

        Assert.That((names.Single(), asOf, health), Is.EqualTo(("after", (string?)null, (HttpStatusCode.OK, "degraded"))));
        Assert.That(await HealthAsync(), Is.EqualTo((HttpStatusCode.OK, "ready")));
        Assert.That((await ListAsync()).Names, Is.EqualTo(new[] { "before" }));
    }

    [Test]
    public async Task The_watch_finds_one_that_does_not_answer_before_anybody_asks_it()
    {
        program.Replica.IsDown = true;
        await program.LookAsync();

        Assert.That(await HealthAsync(), Is.EqualTo((HttpStatusCode.OK, "degraded")));
    }

    [Test]
    public async Task One_that_fails_half_way_is_replaced_within_the_request()
    {
        var id = (await http.GetFromJsonAsync<JsonElement>("/v1/customers")).GetProperty("data")[0].GetProperty("id").GetString();
        await program.Replica.BreakAsync(loseMembers);

        using var answer = await http.GetAsync($"/v1/customers/{id}/segments");

        Assert.That((answer.StatusCode, answer.Headers.Contains("Crm-As-Of")), Is.EqualTo((HttpStatusCode.OK, false)));
        Assert.That((await HealthAsync()).Status, Is.EqualTo("degraded"));
    }

    [Test]
    public async Task One_that_has_not_followed_for_too_long_is_not_asked()
    {
        program.Clock.Advance(TimeSpan.FromSeconds(31));
        await program.LookAsync();

        Assert.That(((await ListAsync()).Names.Single(), await HealthAsync()), Is.EqualTo(("after", (HttpStatusCode.OK, "degraded"))));
    }

    [TestCase("/v1/reports/service")]
    [TestCase("/v1/search?q=before")]
    [TestCase("/v1/insights/rfm")]
    [TestCase("/v1/tickets")]
    public async Task Reports_searches_and_lists_may_be_old(string path)
    {
        using var answer = await http.GetAsync(path);

        Assert.That((answer.StatusCode, answer.Headers.Contains("Crm-As-Of")), Is.EqualTo((HttpStatusCode.OK, true)));
    }

    [TestCase("/v1/events")]
    [TestCase("/v1/jobs")]
    [TestCase("/v1/api_keys")]
    [TestCase("/v1/suppressions")]
    [TestCase("/v1/consents")]
    [TestCase("/v1/tenant")]
    public async Task What_somebody_acts_on_at_once_may_not(string path)
    {
        using var answer = await http.GetAsync(path);

        Assert.That((answer.StatusCode, answer.Headers.Contains("Crm-As-Of")), Is.EqualTo((HttpStatusCode.OK, false)));
    }

    [Test]
    public async Task A_segment_is_previewed_from_the_secondary()
    {
        using var answer = await http.PostAsJsonAsync("/v1/segments/preview", new { rule = new { field = "order_count", op = "eq", value = 0 } });

        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sample")[0].GetProperty("name").GetString(), Is.EqualTo("before"));
    }

    [Test]
    public async Task An_export_has_all_that_was_there_when_it_was_asked_for_and_may_come_from_the_secondary()
    {
        await CreateAsync("asked");
        using var asked = await http.PostAsJsonAsync("/v1/exports", new { list = "customers" });
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await program.FollowAsync();
        await program.ElsewhereAsync(renameToLater);

        await program.RunJobsAsync();

        Assert.That(await http.GetStringAsync($"/v1/exports/{id}/file"), Does.Contain("asked").And.Not.Contain("later"));
    }

    [Test]
    public async Task What_is_remembered_for_writers_too_is_read_from_the_primary_even_in_an_old_report()
    {
        await program.ElsewhereAsync(emigrate);
        program.Clock.Advance(TimeSpan.FromSeconds(2)); // what is remembered of the tenant is forgotten

        using var answer = await http.GetAsync("/v1/reports/service");

        Assert.That(((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("time_zone").GetString(), answer.Headers.Contains("Crm-As-Of")), Is.EqualTo(("Asia/Tokyo", true)));
    }

    private async Task CreateAsync(string name)
    {
        using var answer = await http.PostAsJsonAsync("/v1/customers", new { name });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    private async Task<(string[] Names, string? AsOf)> ListAsync()
    {
        using var answer = await http.GetAsync("/v1/customers");
        var rows = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").EnumerateArray();
        return ([.. rows.Select(row => row.GetProperty("name").GetString()!)], answer.Headers.TryGetValues("Crm-As-Of", out var said) ? said.Single() : null);
    }

    private async Task<(HttpStatusCode Code, string Status)> HealthAsync()
    {
        using var client = program.CreateClient();
        using var answer = await client.GetAsync("/health/ready");
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString()!);
    }
}
