using System.Globalization;
using System.Text;
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

    [TestCase("2030-01-15 09:00:00")]
    [TestCase("2030-01-15 09:00:00.1")]
    [TestCase("2024-02-29 23:59:59.1234567")]
    [TestCase("0001-01-01 00:00:00.0000001")]
    [TestCase("9999-12-31 20:10:00.10")]
    public void Writes_what_the_driver_writes(string text)
    {
        var time = DateTime.Parse(text, CultureInfo.InvariantCulture);
        Span<byte> written = stackalloc byte[TextTime.Longest];

        var length = TextTime.Write(time, written);

        Assert.That(Encoding.UTF8.GetString(written[..length]), Is.EqualTo(time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)));
    }
}
