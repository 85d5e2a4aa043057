using CustomerCrm.Customers.Identities.Forms;

namespace CustomerCrm.Tests.Customers.Identities;

public class EmailAddressTests
{
    [TestCase("ana@example.com", "ana@example.com")]
    [TestCase("  Ana.Petrova+shop@EXAMPLE.com ", "ana.petrova+shop@example.com")]
    [TestCase("ana@bücher.example", "ana@xn--bcher-kva.example")]
    [TestCase("ana@BÜCHER.example", "ana@xn--bcher-kva.example")]
    [TestCase("o'brien@example.co.uk", "o'brien@example.co.uk")]
    [TestCase("ана@пример.рф", "ана@xn--e1afmkfd.xn--p1ai")]
    public void Is_compared_in_lower_case_with_its_domain_in_ascii(string text, string key)
    {
        var reading = EmailAddress.Read(text);

        Assert.That(reading.Value?.Key, Is.EqualTo(key));
        Assert.That(reading.Value?.Text, Is.EqualTo(text.Trim()));
    }

    [TestCase("ana")]
    [TestCase("@example.com")]
    [TestCase("ana@")]
    [TestCase("ana@localhost")]
    [TestCase("ana@example..com")]
    [TestCase("ana@-example.com")]
    [TestCase("ana@example.com.")]
    [TestCase("ana@exa mple.com")]
    [TestCase("ana petrova@example.com")]
    [TestCase("ana@beta@example.com")]
    [TestCase(".ana@example.com")]
    [TestCase("ana..b@example.com")]
    [TestCase("ana@127.0.0.1")]
    [TestCase("ana@exam_ple.com")]
    [TestCase("<ana@example.com>")]
    [TestCase("\"ana\"@example.com")]
    public void Garbage_is_refused(string text) => Assert.That(EmailAddress.Read(text).Code, Is.EqualTo("email_invalid"));

    [Test]
    public void Has_at_most_64_characters_before_the_at_and_254_in_all()
    {
        Assert.That(EmailAddress.Read(new string('a', 64) + "@example.com").IsValid, Is.True);
        Assert.That(EmailAddress.Read(new string('a', 65) + "@example.com").IsValid, Is.False);
        Assert.That(EmailAddress.Read("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 4)) + ".example").IsValid, Is.True);
        Assert.That(EmailAddress.Read("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 4)) + ".examples.com").IsValid, Is.False);
    }
}
