using CustomerCrm.Analytics.Surges;

namespace CustomerCrm.Tests.Analytics.Surges;

public class SurgeTests
{
    /// <summary>By hand: given 5 in all, the 4 of the last week of two are binomial (5, ½): (5 + 1) / 32.</summary>
    [Test]
    public void Two_Poisson_counts_are_compared_exactly() =>
        Assert.That(SurgeTest.Chance(4, [1]), Is.EqualTo(6.0 / 32).Within(1e-12));

    [Test]
    public void Nothing_is_no_surge_and_much_after_nothing_is()
    {
        Assert.That(SurgeTest.Chance(0, [3, 4]), Is.EqualTo(1));
        Assert.That(SurgeTest.Chance(12, [0, 0, 0, 0, 0, 0, 0, 0]), Is.EqualTo(Math.Pow(1.0 / 9, 12)).Within(1e-15));
    }

    [Test]
    public void Weeks_that_jump_about_anyway_need_more_to_be_believed()
    {
        var (steady, restless) = (SurgeTest.Chance(30, [14, 15, 16, 15, 14, 16, 15, 15]), SurgeTest.Chance(30, [2, 40, 1, 35, 3, 30, 5, 4]));

        Assert.That(steady, Is.LessThan(0.01));
        Assert.That(restless, Is.GreaterThan(0.1));
    }

    /// <summary>Y. Benjamini and Y. Hochberg (1995), their example of 15 p-values: the first four are believed at 5 %.</summary>
    [Test]
    public void The_published_example_of_false_discoveries_keeps_four()
    {
        double[] chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

        var adjusted = FalseDiscoveries.Adjusted(chances);

        Assert.That(adjusted.Count(rate => rate <= 0.05), Is.EqualTo(4));
        Assert.That(adjusted[3], Is.EqualTo(0.0095 * 15 / 4).Within(1e-12));
        Assert.That(adjusted, Is.Ordered);
    }

    [Test]
    public void Of_pure_chance_little_is_believed()
    {
        var random = new Random(11);
        var believed = 0;
        for (var run = 0; run < 200; run++)
        {
            double[] chances = [.. Enumerable.Range(0, 20).Select(_ => SurgeTest.Chance(Poisson(random), [.. Enumerable.Range(0, 8).Select(_ => Poisson(random))]))];
            if (FalseDiscoveries.Adjusted(chances).Any(rate => rate <= 0.05)) believed++;
        }

        Assert.That(believed, Is.LessThanOrEqualTo(16), "at 5 %, about 10 of 200 at most");
    }

    private static int Poisson(Random random)
    {
        var (count, product) = (0, random.NextDouble());
        for (var limit = Math.Exp(-5); product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
