using CustomerCrm.Analytics;
using CustomerCrm.Analytics.Sentiment;

namespace CustomerCrm.Tests.Analytics.Sentiment;

public class ShareShiftTests
{
    // By hand: pooled 60/300 = .2, variance .16 × (1/200 + 1/100) = .0024, difference .3, deviations 6.1237.
    [Test]
    public void Is_the_two_proportion_z_test()
    {
        var shift = ShareShift.Between(Rate.Of(20, 200), Rate.Of(40, 100));

        Assert.That(shift!.Value.Deviations, Is.EqualTo(0.3 / Math.Sqrt(0.0024)).Within(1e-12));
        Assert.That((shift.Value.IsSudden, shift.Value.Difference), Is.EqualTo((true, 0.3)).Within(1e-12));
    }

    [TestCase(20, 200, 3, 19, Description = "too few now")]
    [TestCase(4, 49, 30, 30, Description = "too few before")]
    [TestCase(0, 200, 0, 100, Description = "nobody ever was")]
    public void Says_nothing_where_there_is_too_little_to_say(int before, int ofBefore, int now, int ofNow) =>
        Assert.That(ShareShift.Between(Rate.Of(before, ofBefore), Rate.Of(now, ofNow)), Is.Null);

    [TestCase(20, 200, 12, 100, Description = "chance")]
    [TestCase(10_000, 100_000, 15_000, 100_000, Description = "certain, but five points")]
    public void Is_not_sudden_by_chance_or_by_little(int before, int ofBefore, int now, int ofNow) =>
        Assert.That(ShareShift.Between(Rate.Of(before, ofBefore), Rate.Of(now, ofNow))!.Value.IsSudden, Is.False);
}
