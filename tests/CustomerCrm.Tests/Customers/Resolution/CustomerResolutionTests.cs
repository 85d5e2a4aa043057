using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tests.Customers.Resolution;

public class CustomerResolutionTests
{
    private static readonly Id<Customer> ana = Id<Customer>.New(), ben = Id<Customer>.New();
    private static readonly Identifier email = Identifier.Email("ana@example.com").Value!, phone = Identifier.Phone("+49301234567", null).Value!;
    private static readonly Identifier external = Identifier.External("shop", "1").Value!;

    [Test]
    public void The_surest_customer_comes_first_with_the_rule_that_matched()
    {
        var candidates = CustomerResolution.Candidates([new(ana, phone, false), new(ben, external, false)]);

        Assert.That(candidates.Select(c => (c.CustomerId, c.Rule, c.Confidence)), Is.EqualTo(new[]
        {
            (ben, MatchRule.SameExternalId, 1.0),
            (ana, MatchRule.SamePhone, 0.8),
        }));
    }

    [Test]
    public void Two_identities_of_one_customer_make_it_surer()
    {
        var candidates = CustomerResolution.Candidates([new(ana, phone, false), new(ana, email, false)]);

        Assert.That(candidates, Has.Count.EqualTo(1));
        Assert.That(candidates[0].Rule, Is.EqualTo(MatchRule.SameEmail));
        Assert.That(candidates[0].Confidence, Is.EqualTo(0.99).Within(1e-9)); // 1 − 0.2 · 0.05
    }

    [Test]
    public void Several_customers_are_ambiguous_unless_the_surest_is_asked_for()
    {
        var candidates = CustomerResolution.Candidates([new(ana, phone, false), new(ben, email, false)]);

        Assert.That(ResolveCustomer.Decide(candidates, ResolveCustomer.AmbiguousPolicy.Report).Outcome, Is.EqualTo(ResolveCustomer.Outcome.Ambiguous));
        Assert.That(ResolveCustomer.Decide(candidates, ResolveCustomer.AmbiguousPolicy.TakeSurest).Reason, Is.EqualTo(ResolveCustomer.Reason.SurestOfSeveral));
        Assert.That(ResolveCustomer.Decide([], ResolveCustomer.AmbiguousPolicy.TakeSurest).Outcome, Is.EqualTo(ResolveCustomer.Outcome.NotFound));
    }

    [Test]
    public void An_upsert_changes_whom_the_external_id_names_and_links_only_when_told()
    {
        Assert.That(UpsertCustomer.OwnerAmong([], external, linksExisting: false), Is.Null);
        Assert.That(UpsertCustomer.OwnerAmong([new(ana, external, false), new(ana, email, false)], external, linksExisting: false), Is.EqualTo(ana));
        Assert.That(UpsertCustomer.OwnerAmong([new(ana, email, false)], external, linksExisting: true), Is.EqualTo(ana));
        Assert.That(() => UpsertCustomer.OwnerAmong([new(ana, email, false)], external, linksExisting: false), Throws.TypeOf<ApiProblem>());
        Assert.That(() => UpsertCustomer.OwnerAmong([new(ana, external, false), new(ben, email, false)], external, linksExisting: true), Throws.TypeOf<ApiProblem>());
    }
}
