using CustomerCrm.Templates.Fields;

namespace CustomerCrm.Tests.Templates;

public class WrittenDayTests
{
    [TestCase("en", "January 1, 2030")]
    [TestCase("en-US", "January 1, 2030")]
    [TestCase("en-GB", "1 January 2030")]
    [TestCase("de", "1. Januar 2030")]
    [TestCase("de-AT", "1. Jänner 2030")]
    [TestCase("fr", "1er janvier 2030")]
    [TestCase("fr_CA", "1er janvier 2030")]
    [TestCase("sr", "1. januar 2030.")]
    [TestCase("sr-Cyrl-RS", "1. јануар 2030.")]
    [TestCase("fi", "2030-01-01")]
    public void A_day_is_written_as_people_there_write_it(string locale, string expected) =>
        Assert.That(WrittenDay.Of(new DateOnly(2030, 1, 1), locale), Is.EqualTo(expected));

    [Test]
    public void Every_month_has_a_name_of_its_own([Values("en", "de", "fr", "sr", "sr-Cyrl")] string locale) =>
        Assert.That(Enumerable.Range(1, 12).Select(month => WrittenDay.Of(new DateOnly(2030, month, 15), locale)), Is.Unique);
}
