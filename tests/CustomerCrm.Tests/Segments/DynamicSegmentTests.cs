using System.Net;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Segments;
using CustomerCrm.Segments.Membership;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Segments;

public class DynamicSegmentTests
{
    private TestTenant acme = null!;

    [SetUp]
    public async Task StartAsync() => acme = await TestTenant.NewAsync();

    [Test]
    public async Task A_new_segment_is_built_and_its_first_members_are_no_news()
    {
        await acme.CustomerAsync("Ada", "AT");
        await acme.CustomerAsync("Bob", "DE");
        await acme.CustomerAsync("Cem");

        var created = await acme.SegmentAsync(Shop.Austrians);
        await TestApi.RunJobsAsync();
        var built = await acme.GetAsync<Segment>($"/v1/segments/{created.Id}");

        Assert.That((created.Status, created.Size), Is.EqualTo((SegmentStatus.Building, 0)));
        Assert.That((built.Status, built.Size, built.Rule!.Field), Is.EqualTo((SegmentStatus.Ready, 1, "country")));
        Assert.That(await acme.MembersAsync(created.Id), Is.EqualTo(new[] { "Ada" }));
        // Who came before the segment may be let in by the bus or by its building, whichever is first: quietly both ways.
        Assert.That((await acme.SegmentEventsAsync()).Where(type => type != "(segment.entered)"), Is.EqualTo(new[] { "segment.created", "segment.built" }));
    }

    [Test]
    public async Task A_customer_enters_with_an_order_and_leaves_when_it_is_cancelled()
    {
        var ada = await acme.CustomerAsync("Ada");
        await acme.OrderAsync(ada);
        await acme.OrderAsync(ada, daysAgo: 91);
        var segment = await acme.BuiltAsync(Shop.Regulars);
        Assert.That(segment.Size, Is.Zero);

        var second = await acme.OrderAsync(ada, daysAgo: 89);
        await TestApi.RunJobsAsync();
        var entered = await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}");
        await acme.CreateAsync<object>($"/v1/orders/{second.Id}/cancellation", new { });
        await TestApi.RunJobsAsync();
        var left = await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}");

        Assert.That((entered.Size, left.Size), Is.EqualTo((1, 0)));
        Assert.That(entered.Revision, Is.GreaterThan(segment.Revision), "the ETag is another one");
        Assert.That(await acme.SegmentEventsAsync(), Is.EqualTo(new[] { "segment.created", "segment.built", "segment.entered", "segment.left" }));
    }

    [Test]
    public async Task History_that_is_loaded_changes_the_members_and_starts_nothing()
    {
        var bob = await acme.CustomerAsync("Bob", "DE");
        var segment = await acme.BuiltAsync(Shop.Austrians);

        await acme.PatchAsync($"/v1/customers/{bob}", new { country = "AT" }, isQuiet: true);
        await TestApi.RunJobsAsync();

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Bob" }));
        Assert.That((await acme.SegmentEventsAsync())[^1], Is.EqualTo("(segment.entered)"));
    }

    [Test]
    public async Task While_a_segment_is_built_who_enters_starts_nothing()
    {
        var segment = await acme.BuiltAsync(Shop.Austrians);
        await acme.CustomerAsync("Ada", "DE");
        await TestApi.RunJobsAsync();
        await acme.WithDbAsync(db => db.ExecuteAsync(SwapCountries, null, default));
        await acme.WithDbAsync(db => db.ExecuteAsync(BeginBuilding, null, default));

        await acme.WithScopeAsync(RefreshAsync); // as the bus does

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
        Assert.That((await acme.SegmentEventsAsync())[^1], Is.EqualTo("(segment.entered)"));
    }

    [Test]
    public async Task A_changed_rule_is_built_anew()
    {
        await acme.CustomerAsync("Ada", "AT");
        await acme.CustomerAsync("Bob", "DE");
        var segment = await acme.BuiltAsync(Shop.Austrians);

        var changed = await TestTenant.ReadAsync<Segment>(await acme.PatchAsync(
            $"/v1/segments/{segment.Id}", new { rule = new { not = Shop.Austrians } }, ifMatch: $"\"r{segment.Revision}\""));
        var stale = await acme.PatchAsync($"/v1/segments/{segment.Id}", new { name = "Late" }, ifMatch: $"\"r{segment.Revision}\"");
        await TestApi.RunJobsAsync();
        var built = await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}");

        Assert.That((changed.Status, built.Status, built.Size), Is.EqualTo((SegmentStatus.Building, SegmentStatus.Ready, 1)));
        Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Bob" }));
        Assert.That((await acme.SegmentEventsAsync()).Where(type => type != "(segment.entered)"), Is.EqualTo(new[] { "segment.created", "segment.built", "segment.updated", "segment.built" }));
    }

    [Test]
    public async Task A_build_that_comes_after_the_rule_was_changed_does_nothing()
    {
        await acme.CustomerAsync("Ada", "AT");
        var before = await acme.BuiltAsync(Shop.Austrians);
        await acme.PatchAsync($"/v1/segments/{before.Id}", new { rule = new { field = "country", op = "eq", value = "DE" } });
        await TestApi.RunJobsAsync();
        await acme.WithDbAsync(db => db.ExecuteAsync(BeginBuilding, null, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<IJob<BuildSegment>>().RunAsync(new BuildSegment(before.Id, RuleRevision: 1), default));
        var goesOn = true;
        await acme.WithScopeAsync(async services => goesOn = await services.GetRequiredService<SegmentSweep>().BuildAsync(before with { RuleRevision = 1 }, default));

        Assert.That(goesOn, Is.False);
        Assert.That(await acme.MembersAsync(before.Id), Is.Empty);
        Assert.That((await acme.GetAsync<Segment>($"/v1/segments/{before.Id}")).Status, Is.EqualTo(SegmentStatus.Building));
    }

    [Test]
    public async Task The_nightly_check_finds_what_no_event_told_of()
    {
        var ada = await acme.CustomerAsync("Ada", "DE");
        await acme.CustomerAsync("Bob", "AT");
        var segment = await acme.BuiltAsync(Shop.Austrians);
        await acme.WithDbAsync(db => db.ExecuteAsync(SwapCountries, null, default));

        await acme.WithScopeAsync(services => services.GetRequiredService<JobQueue>().EnqueueAsync(new CheckSegments(), default));
        await TestApi.RunJobsAsync();

        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
        Assert.That((await acme.SegmentEventsAsync()).SkipWhile(e => e != "segment.built").Skip(1), Is.EquivalentTo(new[] { "segment.entered", "segment.left" }));
        Assert.That((await acme.GetAsync<Page<ListCustomerSegments.Row>>($"/v1/customers/{ada}/segments")).Data.Single().SegmentId, Is.EqualTo(segment.Id));
    }

    [Test]
    public async Task New_scores_move_the_members_of_segments_that_ask_for_them()
    {
        var ada = await acme.CustomerAsync("Ada");
        await acme.OrderAsync(ada);
        var segment = await acme.BuiltAsync(new { field = "recency_score", op = "is_set", value = true });

        await acme.CreateAsync<object>("/v1/insights/fits", new { });
        await TestApi.RunJobsAsync();

        Assert.That(segment.Size, Is.Zero);
        Assert.That(await acme.MembersAsync(segment.Id), Is.EqualTo(new[] { "Ada" }));
    }

    [Test]
    public async Task The_size_follows_a_deleted_customer()
    {
        var ada = await acme.CustomerAsync("Ada", "AT");
        var segment = await acme.BuiltAsync(Shop.Austrians);

        await acme.Http.DeleteAsync($"/v1/customers/{ada}");
        await TestApi.RunJobsAsync();

        Assert.That((await acme.GetAsync<Segment>($"/v1/segments/{segment.Id}")).Size, Is.Zero);
    }

    [Test]
    public async Task More_customers_than_one_stretch_are_all_found()
    {
        var people = SomePeople.Make(count: 4100, seed: 1);
        await acme.WithDbAsync(db => db.InTransactionAsync(() => people.SaveAsync(db), default));

        var segment = await acme.BuiltAsync(new { field = "country", op = "in", value = new[] { "AT", "DE" } });
        var preview = await acme.CreateAsync<PreviewSegment.Answer>("/v1/segments/preview", new { rule = segment.Rule });

        Assert.That(segment.Size, Is.EqualTo(people.All.Count(person => person.Facts.Country is not null)));
        Assert.That((preview.Size, preview.IsComplete, preview.LookedAt, preview.Sample.Count), Is.EqualTo((segment.Size, true, 4100, 10)));
    }

    [Test]
    public async Task A_deleted_segment_is_gone_with_its_members()
    {
        var ada = await acme.CustomerAsync("Ada", "AT");
        var segment = await acme.BuiltAsync(Shop.Austrians);

        var deleted = await acme.Http.DeleteAsync($"/v1/segments/{segment.Id}");
        var again = await acme.Http.GetAsync($"/v1/segments/{segment.Id}");
        var ofAda = await acme.GetAsync<Page<ListCustomerSegments.Row>>($"/v1/customers/{ada}/segments");
        await TestApi.RunJobsAsync();

        Assert.That((deleted.StatusCode, again.StatusCode, ofAda.Data.Count), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound, 0)));
        await acme.WithDbAsync(async db => Assert.That(await db.FindAsync<int>(RowsLeft, null, default), Is.Zero));
    }

    private static async Task RefreshAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<TenantDb>();
        var everyone = await db.QueryAsync<Id<CustomerCrm.Customers.Customer>>(Everyone, null, default);
        await db.InTransactionAsync(() => services.GetRequiredService<SegmentMembership>().RefreshAsync(everyone.ToDictionary(id => id, _ => MoveReason.None), default), default);
    }

    private static readonly TenantSql Everyone = TenantSql.Of("SELECT c.Id FROM Customers c WHERE c.TenantId = @TenantId");

    private static readonly TenantSql SwapCountries = TenantSql.Of("UPDATE Customers SET Country = CASE Country WHEN 'AT' THEN 'DE' ELSE 'AT' END WHERE TenantId = @TenantId");

    private static readonly TenantSql BeginBuilding = TenantSql.Of("UPDATE Segments SET Status = 2 WHERE TenantId = @TenantId");

    private static readonly TenantSql RowsLeft = TenantSql.Of("""
        SELECT (SELECT COUNT(*) FROM SegmentMembers m WHERE m.TenantId = @TenantId) + (SELECT COUNT(*) FROM Segments g WHERE g.TenantId = @TenantId)
        """);
}
