using CustomerCrm.Money;

namespace CustomerCrm.Tests.Money;

public class CurrenciesTests
{
    [TestCase("EUR", 2)]
    [TestCase("USD", 2)]
    [TestCase("JPY", 0)]
    [TestCase("KWD", 3)]
    [TestCase("ISK", 0)]
    public void A_currency_has_the_minor_digits_of_ISO_4217(string code, int digits) =>
        Assert.That(Currencies.MinorDigits(code), Is.EqualTo(digits));

    [TestCase("eur")]
    [TestCase("XXX")]
    [TestCase("XAU")]
    [TestCase("")]
    [TestCase("EURO")]
    public void What_is_not_legal_tender_is_not_known(string code) =>
        Assert.That(Currencies.IsKnown(code), Is.False);

    [Test]
    public void Every_code_is_three_capitals() =>
        Assert.That(Currencies.All, Is.All.Match("^[A-Z]{3}$"));
}
