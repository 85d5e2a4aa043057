using CustomerCrm.Customers.Contacting;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.Suppressions;

namespace CustomerCrm.Tests.Preferences;

public class PageTests
{
    [Test]
    public void Whatever_the_colour_its_text_can_be_read()
    {
        for (var r = 0; r < 256; r += 15)
            for (var g = 0; g < 256; g += 15)
                for (var b = 0; b < 256; b += 15)
                {
                    var color = BrandColor.Of($"#{r:x2}{g:x2}{b:x2}");
                    Assert.That(BrandColor.Contrast(color.Background, color.Text), Is.GreaterThanOrEqualTo(4.5), color.Background);
                }
    }

    [Test]
    public void Black_on_white_is_21_to_1() => Assert.That(BrandColor.Contrast("#000000", "#ffffff"), Is.EqualTo(21).Within(0.001));

    [Test]
    public void Every_language_says_everything_with_the_same_gaps()
    {
        var english = PageLanguages.Of("en");
        foreach (var texts in PageLanguages.All)
            foreach (var property in typeof(PageTexts).GetProperties())
            {
                var text = (string)property.GetValue(texts)!;
                Assert.That(text, Is.Not.Empty);
                for (var i = 0; i < 3; i++) Assert.That(text.Contains($"{{{i}}}", StringComparison.Ordinal), Is.EqualTo(((string)property.GetValue(english)!).Contains($"{{{i}}}", StringComparison.Ordinal)), $"{texts.Language} {property.Name}");
            }
    }

    [TestCase(MessageChannel.Email, "ada@example.com", "a***@example.com")]
    [TestCase(MessageChannel.Email, "a@b.co", "a***@b.co")]
    [TestCase(MessageChannel.Sms, "+436641234567", "+43***67")]
    [TestCase(MessageChannel.Sms, "+1234", "***")]
    public void An_address_is_masked(MessageChannel channel, string address, string masked) => Assert.That(MaskedAddress.Of(channel, address), Is.EqualTo(masked));

    [TestCase("de;q=0.5, fr, en;q=0.8, nl;q=0", "fr en de")]
    [TestCase("*;q=x", "")]
    [TestCase(null, "")]
    public void Languages_are_taken_in_the_order_of_their_weights(string? header, string order) => Assert.That(string.Join(' ', WrittenLanguage.Accepted(header)), Is.EqualTo(order));
}
