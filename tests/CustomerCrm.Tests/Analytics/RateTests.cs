using CustomerCrm.Analytics;

namespace CustomerCrm.Tests.Analytics;

public class RateTests
{
    [Test]
    public void A_rate_carries_its_Wilson_interval()
    {
        var rate = Rate.Of(15, 50);

        Assert.That(rate.Value, Is.EqualTo(0.3));
        Assert.That(rate.Low, Is.EqualTo(0.1910355).Within(1e-6));
        Assert.That(rate.High, Is.EqualTo(0.4375035).Within(1e-6));
    }

    [Test]
    public void None_of_ten_is_not_certainly_none()
    {
        var none = Rate.Of(0, 10);
        var all = Rate.Of(10, 10);

        Assert.That((none.Low, all.High), Is.EqualTo((0.0, 1.0)));
        Assert.That(none.High, Is.EqualTo(0.277533).Within(1e-6));
        Assert.That(all.Low, Is.EqualTo(1 - none.High).Within(1e-12));
    }

    [Test]
    public void Of_nobody_nothing_is_known()
    {
        var rate = Rate.Of(0, 0);

        Assert.That(rate.Value, Is.Null);
        Assert.That((rate.Low, rate.High), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void A_count_above_n_is_refused() =>
        Assert.That(() => Rate.Of(3, 2), Throws.TypeOf<ArgumentOutOfRangeException>());
}
