using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Rfm;

namespace CustomerCrm.Tests.Analytics.Rfm;

public class RfmTests
{
    [TestCase(5, 5, 5, RfmGroup.Champions)]
    [TestCase(5, 3, 4, RfmGroup.Champions)]
    [TestCase(4, 5, 4, RfmGroup.LoyalCustomers)]
    [TestCase(4, 2, 3, RfmGroup.PotentialLoyalists)]
    [TestCase(5, 1, 1, RfmGroup.NewCustomers)]
    [TestCase(4, 1, 1, RfmGroup.Promising)]
    [TestCase(3, 3, 3, RfmGroup.NeedAttention)]
    [TestCase(3, 1, 2, RfmGroup.AboutToSleep)]
    [TestCase(2, 4, 4, RfmGroup.AtRisk)]
    [TestCase(1, 5, 5, RfmGroup.CannotLoseThem)]
    [TestCase(2, 1, 1, RfmGroup.Hibernating)]
    [TestCase(1, 1, 1, RfmGroup.Lost)]
    public void A_score_has_a_group(int recency, int frequency, int monetary, RfmGroup group) =>
        Assert.That(RfmGroups.Of(recency, frequency, monetary), Is.EqualTo(group));

    [Test]
    public void Every_group_is_within_reach()
    {
        var scores = Enumerable.Range(1, 5).ToArray();

        var groups = from r in scores from f in scores from m in scores select RfmGroups.Of(r, f, m);

        Assert.That(groups.Distinct(), Is.EquivalentTo(Enum.GetValues<RfmGroup>()));
    }

    [Test]
    public void A_score_that_is_none_is_refused() =>
        Assert.That(() => RfmGroups.Of(0, 1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_worked_example_is_scored()
    {
        var table = RfmScoring.Of(WorkedExample.Days());

        Assert.That(table.Scores.Select(s => (char)s.Customer), Is.EqualTo("ABCDEF"));
        Assert.That(table.Scores.Select(s => s.DaysSinceLast), Is.EqualTo(new[] { 29, 96, 60, 88, 15, 51 }));
        Assert.That(table.Scores.Select(s => s.Recency), Is.EqualTo(new[] { 4, 1, 2, 1, 5, 3 }));
        Assert.That(table.Scores.Select(s => s.Frequency), Is.EqualTo(new[] { 4, 2, 2, 1, 4, 1 }));
        Assert.That(table.Scores.Select(s => s.Monetary), Is.EqualTo(new[] { 4, 2, 4, 1, 3, 1 }));
        Assert.That(table.Scores[0].Group, Is.EqualTo(RfmGroup.LoyalCustomers));
        Assert.That(table.Sufficiency, Is.EqualTo(Sufficiency.Enough));
    }

    [Test]
    public void Too_few_customers_are_scored_and_said_to_be_too_few()
    {
        var table = RfmScoring.Of(PurchaseDays.From([new(1, WorkedExample.End, 5)], WorkedExample.End));

        Assert.That(table.Scores.Single().Group, Is.EqualTo(RfmGroup.Lost));
        Assert.That(table.Sufficiency.Code, Is.EqualTo("too_few_customers"));
    }
}
