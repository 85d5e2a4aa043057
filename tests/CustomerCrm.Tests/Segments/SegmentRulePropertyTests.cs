using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Segments.Membership;
using CustomerCrm.Segments.Rules;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerCrm.Tests.Segments;

/// <summary>Whatever the rule: it holds or it does not, for everyone, and the database agrees with the explanation.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class SegmentRulePropertyTests
{
    private static readonly RuleMoment now = SomePeople.Now;
    private readonly SomePeople people = SomePeople.Make(count: 60, seed: 4711);
    private TestTenant acme = null!;

    [OneTimeSetUp]
    public async Task SaveAsync()
    {
        acme = await TestTenant.NewAsync();
        await acme.WithDbAsync(db => db.InTransactionAsync(() => people.SaveAsync(db), default));
    }

    [Test]
    public Task The_members_of_a_rule_and_of_its_not_are_everyone_and_nobody_twice() => ForAllAsync(async (services, rule) =>
    {
        var db = services.GetRequiredService<TenantDb>();

        var members = await MembersAsync(db, rule.ToCondition(now));
        var others = await MembersAsync(db, new SegmentRule { Not = rule }.ToCondition(now));

        return !members.Overlaps(others) && members.Count + others.Count == people.All.Count;
    });

    [Test]
    public Task The_members_are_those_for_whom_the_rule_holds_in_memory() => ForAllAsync(async (services, rule) =>
    {
        var members = await MembersAsync(services.GetRequiredService<TenantDb>(), rule.ToCondition(now));

        var expected = people.All.Where(person => rule.Evaluate(person.Seen(rule)).Result).Select(person => person.Id);

        return members.SetEquals(expected);
    });

    [Test]
    public Task What_is_looked_up_for_an_explanation_leads_to_the_same() => ForAllAsync(async (services, rule) =>
    {
        var members = await MembersAsync(services.GetRequiredService<TenantDb>(), rule.ToCondition(now));

        foreach (var person in people.All.Take(5))
        {
            var seen = await services.GetRequiredService<SeenCustomers>().LookAsync(person.Id, rule, default);
            if (rule.Evaluate(seen!).Result != members.Contains(person.Id)) return false;
        }
        return true;
    });

    private async Task ForAllAsync(Func<IServiceProvider, SegmentRule, Task<bool>> property)
    {
        var tried = 0;
        await acme.WithScopeAsync(services =>
        {
            Prop.ForAll(SomeRules.Nested(3, people.Regulars).ToArbitrary(), rule =>
            {
                tried++;
                return property(services, rule).GetAwaiter().GetResult();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
            return Task.CompletedTask;
        });
        Assert.That(tried, Is.GreaterThanOrEqualTo(300));
    }

    private static async Task<HashSet<Id<Customer>>> MembersAsync(TenantDb db, Condition condition) =>
        [.. await db.QueryAsync<Id<Customer>>(SegmentMembership.Among.And(condition), null, default)];
}
