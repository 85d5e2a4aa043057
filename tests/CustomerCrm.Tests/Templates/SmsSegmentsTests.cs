using CustomerCrm.Templates.Rendering;

namespace CustomerCrm.Tests.Templates;

/// <summary>The numbers are those of 3GPP TS 23.038 and 23.040.</summary>
public class SmsSegmentsTests
{
    [TestCase("a", 160, SmsEncoding.Gsm7, 1)]
    [TestCase("a", 161, SmsEncoding.Gsm7, 2)]
    [TestCase("a", 306, SmsEncoding.Gsm7, 2)]
    [TestCase("a", 307, SmsEncoding.Gsm7, 3)]
    [TestCase("€", 80, SmsEncoding.Gsm7, 1)]
    [TestCase("€", 81, SmsEncoding.Gsm7, 2)]
    [TestCase("€", 153, SmsEncoding.Gsm7, 3)] // 76 in each, since none is cut apart
    [TestCase("ж", 70, SmsEncoding.Ucs2, 1)]
    [TestCase("ж", 71, SmsEncoding.Ucs2, 2)]
    [TestCase("ж", 135, SmsEncoding.Ucs2, 3)]
    [TestCase("😀", 35, SmsEncoding.Ucs2, 1)]
    [TestCase("😀", 36, SmsEncoding.Ucs2, 2)]
    [TestCase("😀", 67, SmsEncoding.Ucs2, 3)] // 33 in each
    public void Parts_are_counted_in_the_alphabet_that_is_needed(string character, int times, SmsEncoding encoding, int parts)
    {
        var segments = SmsSegments.Of(string.Concat(Enumerable.Repeat(character, times)));

        Assert.That((segments.Encoding, segments.Segments), Is.EqualTo((encoding, parts)));
    }

    [Test]
    public void The_character_that_costs_is_named() =>
        Assert.That(SmsSegments.Of("Liebe Grüße, your café “tea”").Because, Is.EqualTo("“"));
}
