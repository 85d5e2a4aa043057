using CustomerCrm.Tenant;

namespace CustomerCrm.Tests.Tenant;

public class TenantNameTests
{
    [TestCase("Acme Outdoor", true)]
    [TestCase("Café Zürich & Söhne GmbH", true)]
    [TestCase("Booking.com", true)]
    [TestCase("3M", true)]
    [TestCase("日本商店", true)]
    [TestCase("Acme\r\nBcc: all@example.com", false)]
    [TestCase("Acme\tOutdoor", false)]
    [TestCase("Acme\u202eroodtuO", false)]
    [TestCase("You have won: https://evil.example", false)]
    [TestCase("Go to www.evil.example now", false)]
    [TestCase("evil.example/win", false)]
    [TestCase("write to me@evil.example", false)]
    [TestCase("Acme & <Sons>", true)]
    [TestCase("!!!", false)]
    public void It_is_a_name_in_one_line_and_no_address(string name, bool isOne) => Assert.That(TenantNameAttribute.IsOne(name), Is.EqualTo(isOne));

    [Test]
    public void A_letter_says_little_of_a_name_that_was_there_before_the_rule()
    {
        Assert.That(TenantNameAttribute.InLetter("Acme\r\nOutdoor"), Is.EqualTo("Acme Outdoor"));
        Assert.That(TenantNameAttribute.InLetter("Win at https://evil.example"), Does.Not.Contain("evil"));
        Assert.That(TenantNameAttribute.InLetter(new string('a', 200)), Has.Length.EqualTo(TenantNameAttribute.Longest));
    }
}
