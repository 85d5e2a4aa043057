using CustomerCrm.Imports.Mapping;

namespace CustomerCrm.Tests.Imports;

public class WrittenAmountTests
{
    [TestCase("19.90", 1990)]
    [TestCase("19,90", 1990)]
    [TestCase("19,9", 1990)]
    [TestCase("19", 1900)]
    [TestCase(".5", 50)]
    [TestCase("0.500", 50)]
    [TestCase("19.9000", 1990)]
    [TestCase("1,234.50", 123450)]
    [TestCase("1.234,50", 123450)]
    [TestCase("1 234,50", 123450)]
    [TestCase("1’234.50", 123450)]
    [TestCase("1.000", 100000)]
    [TestCase("19.905", 1990500)]
    [TestCase("1,234,567", 123456700)]
    [TestCase("€ 19,90", 1990)]
    [TestCase("19,90 €", 1990)]
    [TestCase("$1,234.50", 123450)]
    [TestCase("19.90 EUR", 1990)]
    [TestCase("-5.00", -500)]
    [TestCase("-€5.00", -500)]
    public void An_amount_is_read_as_people_write_it(string cell, long cents) => Assert.That(WrittenAmount.MinorOf(cell, 2), Is.EqualTo(cents));

    [TestCase("")]
    [TestCase("EUR")]
    [TestCase("1,23,456")]
    [TestCase("1.234.56")]
    [TestCase("1,234.567.890")]
    [TestCase("0,123,456")]
    [TestCase("12a4")]
    [TestCase("1e3")]
    [TestCase("--5")]
    [TestCase("٣")]
    [TestCase("99999999999999999999")]
    public void What_is_no_amount_of_cents_is_not_read(string cell) => Assert.That(WrittenAmount.MinorOf(cell, 2), Is.Null);

    [TestCase("1500", 0, 1500)]
    [TestCase("1,500", 0, 1500)]
    [TestCase("1500.00", 0, 1500)]
    [TestCase("1.234", 3, 1234)]
    [TestCase("1,234.500", 3, 1234500)]
    public void The_currency_says_how_many_decimals_there_are(string cell, int digits, long minor) => Assert.That(WrittenAmount.MinorOf(cell, digits), Is.EqualTo(minor));
}
