using System.Globalization;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tests.Platform;

public class TextTimeTests
{
    [TestCase("2030-01-15 09:00:00")]
    [TestCase("2030-01-15 09:00:00.1")]
    [TestCase("2024-02-29 23:59:59.1234567")]
    [TestCase("1753-01-01 00:00:00.0000001")]
    [TestCase("2030-01-15")]
    [TestCase("2030-01-15T09:00:00Z")]
    public void Reads_what_the_general_parser_reads(string text) =>
        Assert.That(TextTime.Parse(text), Is.EqualTo(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));
}
