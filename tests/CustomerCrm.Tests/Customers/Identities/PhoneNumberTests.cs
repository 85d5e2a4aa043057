using CustomerCrm.Customers.Identities.Forms;

namespace CustomerCrm.Tests.Customers.Identities;

public class PhoneNumberTests
{
    [TestCase("+49 (0)30 1234-567", null, "+49301234567")]
    [TestCase("0049 30 1234567", null, "+49301234567")]
    [TestCase("+49 030 1234567", null, "+49301234567")]
    [TestCase("030/1234567", "DE", "+49301234567")]
    [TestCase("0664 123 4567", "AT", "+436641234567")]
    [TestCase("(212) 555-0123", "US", "+12125550123")]
    [TestCase("1 212 555 0123", "US", "+12125550123")]
    [TestCase("+1 212 555 0123", null, "+12125550123")]
    [TestCase("06 1234 5678", "IT", "+390612345678")]
    [TestCase("+39 06 1234 5678", null, "+390612345678")]
    [TestCase("06 30 123 4567", "HU", "+36301234567")]
    [TestCase("8 912 345 67 89", "RU", "+79123456789")]
    [TestCase("+7 812 345 67 89", null, "+78123456789")]
    [TestCase("+381 64 123 4567", null, "+381641234567")]
    public void Is_read_as_people_write_it(string text, string? country, string e164) =>
        Assert.That(PhoneNumber.Read(text, country).Value?.E164, Is.EqualTo(e164));

    [TestCase("030 1234567", null, "phone_needs_country")]
    [TestCase("030 1234567", "XX", "phone_needs_country")]
    [TestCase("+49 30", null, "phone_length")]
    [TestCase("+1 212 555 01234", null, "phone_length")]
    [TestCase("+1 112 555 0123", null, "phone_invalid")]
    [TestCase("+999 12345678", null, "phone_invalid")]
    [TestCase("+49 30 1234 ext 5", null, "phone_invalid")]
    [TestCase("call me", "DE", "phone_invalid")]
    [TestCase("", "DE", "phone_invalid")]
    [TestCase("49+301234567", "DE", "phone_invalid")]
    [TestCase("+49 3012345678901234567890", null, "phone_length")]
    public void What_is_no_number_is_refused_with_a_reason(string text, string? country, string code) =>
        Assert.That(PhoneNumber.Read(text, country).Code, Is.EqualTo(code));

    [Test]
    public void No_calling_code_begins_with_another()
    {
        string[] some = ["1", "7", "20", "27", "39", "44", "49", "381", "420", "423", "852", "971"];

        foreach (var code in some) Assert.That(CallingCodes.OfNumber(code + "123456789")!.Code, Is.EqualTo(code));
    }
}
