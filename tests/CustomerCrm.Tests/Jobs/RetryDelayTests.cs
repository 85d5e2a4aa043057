using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.Tests.Jobs;

public class RetryDelayTests
{
    [TestCase(1, 0.0, 2.5)]
    [TestCase(1, 1.0, 5)]
    [TestCase(2, 1.0, 10)]
    [TestCase(5, 0.5, 60)]
    [TestCase(10, 1.0, 2560)]
    [TestCase(11, 1.0, 3600)]
    [TestCase(1000, 1.0, 3600)]
    public void Waits_double_up_to_an_hour_and_half_of_each_is_chance(int attempts, double chance, double seconds) =>
        Assert.That(RetryDelay.After(attempts, chance).TotalSeconds, Is.EqualTo(seconds));
}
