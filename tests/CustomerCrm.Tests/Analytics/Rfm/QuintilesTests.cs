using CustomerCrm.Analytics.Rfm;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerCrm.Tests.Analytics.Rfm;

public class QuintilesTests
{
    [Test]
    public void Ten_different_values_are_two_to_a_score() =>
        Assert.That(Quintiles.Of([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), Is.EqualTo(new[] { 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 }));

    [Test]
    public void Equal_values_have_equal_scores() =>
        Assert.That(Quintiles.Of([1, 1, 1, 1, 1, 1, 2, 2, 3, 9]), Is.EqualTo(new[] { 1, 1, 1, 1, 1, 1, 4, 4, 5, 5 }));

    [Test]
    public void One_customer_alone_has_the_lowest_score() => Assert.That(Quintiles.Of([7]), Is.EqualTo(new[] { 1 }));

    [Test]
    public void Of_nobody_there_are_no_scores() => Assert.That(Quintiles.Of([]), Is.Empty);

    [Test]
    public void A_higher_value_never_scores_lower_whatever_the_order() =>
        Prop.ForAll<int[]>(numbers =>
        {
            var scores = Quintiles.Of(Array.ConvertAll(numbers, n => (double)n));
            var pairs = numbers.Zip(scores).Order().ToArray();
            return scores.All(score => score is >= 1 and <= 5)
                && pairs.Zip(pairs.Skip(1)).All(p => p.First.First == p.Second.First ? p.First.Second == p.Second.Second : p.First.Second <= p.Second.Second);
        }).QuickCheckThrowOnFailure();
}
