using CustomerCrm.Analytics.Estimates;
using CustomerCrm.Analytics.Numerics;

namespace CustomerCrm.Tests.Analytics.Estimates;

public class EstimateTests
{
    /// <summary>NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values of Student's t, 0.975.</summary>
    [TestCase(1, 12.706)]
    [TestCase(2, 4.303)]
    [TestCase(9, 2.262)]
    [TestCase(30, 2.042)]
    [TestCase(100, 1.984)]
    public void Quantiles_of_t_are_those_of_the_tables(int degrees, double expected) =>
        Assert.That(StudentT.Quantile(0.975, degrees), Is.EqualTo(expected).Within(0.0005));

    /// <summary>W. S. Gosset's own data (1908): additional hours of sleep by drug 2, of ten patients; their mean is 2.33, and R's t.test has 0.8976775 to 3.7623225.</summary>
    [Test]
    public void The_mean_of_Students_sleep_data_has_the_published_interval()
    {
        var mean = MeanEstimate.Of([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

        Assert.That(mean.Mean, Is.EqualTo(2.33).Within(1e-12));
        Assert.That(mean.Low, Is.EqualTo(0.8976775).Within(1e-6));
        Assert.That(mean.High, Is.EqualTo(3.7623225).Within(1e-6));
    }

    [Test]
    public void Of_one_value_there_is_a_mean_and_no_interval()
    {
        var mean = MeanEstimate.Of([7.0]);

        Assert.That((mean.N, mean.Mean, double.IsNaN(mean.Margin)), Is.EqualTo((1, 7.0, true)));
        Assert.That(double.IsNaN(MeanEstimate.Of([]).Mean), Is.True);
    }

    /// <summary>
    /// 50 promoters, 30 between, 20 detractors, by hand: 30 points; p = 50.75/103 = 0.492718, d = 20.75/103 = 0.201456, the variance 0.694175 − 0.291262² = 0.609341,
    /// over 103 is 0.005915934, its root 0.0769151, times 1.959964 is 0.150751; the centre 30/103 = 0.291262.
    /// </summary>
    [Test]
    public void A_net_promoter_score_has_the_variance_of_a_difference_within_one_sample()
    {
        var score = NetPromoterScore.Of(50, 30, 20);

        Assert.That(score.Value, Is.EqualTo(30));
        Assert.That(score.Low, Is.EqualTo(14.0511).Within(0.001));
        Assert.That(score.High, Is.EqualTo(44.2013).Within(0.001));
    }

    [Test]
    public void Where_all_promote_the_interval_still_says_how_few_they_are()
    {
        var (ten, thousand) = (NetPromoterScore.Of(10, 0, 0), NetPromoterScore.Of(1000, 0, 0));

        Assert.That((ten.Value, ten.High), Is.EqualTo((100, 100)));
        Assert.That(NetPromoterScore.Of(0, 0, 1).Low, Is.EqualTo(-100), "an interval holds what it is of");
        Assert.That(ten.Low, Is.LessThan(70));
        Assert.That(thousand.Low, Is.GreaterThan(99));
        Assert.That((NetPromoterScore.Of(0, 0, 0).Value, NetPromoterScore.Of(0, 0, 0).Low), Is.EqualTo(((double?)null, -100)));
    }

    /// <summary>What the method promises: of a thousand samples of 60 with 40 % promoters and 25 % detractors about 950 intervals hold 15.</summary>
    [Test]
    public void Intervals_of_the_net_promoter_score_hold_the_truth_as_often_as_they_say()
    {
        var (random, held) = (new Random(7), 0);
        for (var sample = 0; sample < 1000; sample++)
        {
            var (p, d) = (0, 0);
            for (var i = 0; i < 60; i++)
            {
                var drawn = random.NextDouble();
                if (drawn < 0.4) p++;
                else if (drawn < 0.65) d++;
            }
            var score = NetPromoterScore.Of(p, 60 - p - d, d);
            if (score.Low <= 15 && score.High >= 15) held++;
        }

        Assert.That(held, Is.InRange(930, 970));
    }

    /// <summary>The ranks of the 95 % interval of a median, as tables of the binomial (n, ½) have them: of 10 values the 2nd to the 9th, of 20 the 6th to the 15th; of 5 there is none.</summary>
    [TestCase(10, 2, 9)]
    [TestCase(20, 6, 15)]
    [TestCase(25, 8, 18)]
    [TestCase(5, 0, 0)]
    public void The_median_lies_between_the_ranks_of_the_tables(int n, int low, int high)
    {
        var median = QuantileEstimate.Of(n, 0.5);

        Assert.That((median.LowRank, median.HighRank), Is.EqualTo((low, high)));
        Assert.That(median.Rank, Is.EqualTo((n + 1) / 2));
    }

    [Test]
    public void A_ninetieth_percentile_of_a_million_has_ranks_near_it()
    {
        var p90 = QuantileEstimate.Of(1_000_000, 0.9);

        Assert.That(p90.Rank, Is.EqualTo(900_000));
        Assert.That(p90.Rank - p90.LowRank, Is.InRange(580, 596), "1.96 times the root of 1,000,000 · 0.9 · 0.1");
        Assert.That(p90.HighRank - p90.Rank, Is.InRange(580, 596));
        Assert.That(QuantileEstimate.Of(0, 0.9), Is.EqualTo(default(QuantileEstimate)));
    }
}
