using System.Text;
using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.People;

public class TotpTests
{
    private static readonly byte[] secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B.
    [TestCase(59L, "94287082")]
    [TestCase(1111111109L, "07081804")]
    [TestCase(1111111111L, "14050471")]
    [TestCase(1234567890L, "89005924")]
    [TestCase(2000000000L, "69279037")]
    [TestCase(20000000000L, "65353130")]
    public void The_published_codes_with_time(long seconds, string code) =>
        Assert.That(Totp.CodeOf(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8), Is.EqualTo(code));

    // RFC 4226, appendix D.
    [Test]
    public void The_published_codes_with_a_count() => Assert.That(
        Enumerable.Range(0, 10).Select(count => Totp.CodeOf(secret, count)),
        Is.EqualTo(new[] { "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489" }));

    [TestCase(-30, true)]
    [TestCase(0, true)]
    [TestCase(30, true)]
    [TestCase(-60, false)]
    [TestCase(60, false)]
    public void A_clock_may_be_off_by_half_a_minute(int seconds, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        var code = Totp.CodeOf(secret, Totp.StepAt(now.AddSeconds(seconds)));

        Assert.That(Totp.StepOf(secret, code, now).HasValue, Is.EqualTo(isTaken));
    }

    // RFC 4648, 10.
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void A_secret_is_written_in_base_32(string bytes, string text) => Assert.That(Totp.TextOf(Encoding.ASCII.GetBytes(bytes)), Is.EqualTo(text));
}
