using CustomerCrm.Platform.People;

namespace CustomerCrm.Tests.People;

public class CommonPasswordsTests
{
    [TestCase("password")]
    [TestCase("Password1!")]
    [TestCase("P@ssw0rd2024")]
    [TestCase("qwertyuiop")]
    [TestCase("123456789")]
    [TestCase("98765432")]
    [TestCase("aaaaaaaa")]
    [TestCase("abcdefgh")]
    [TestCase("iloveyou2")]
    [TestCase("Welcome123")]
    [TestCase("!!letmein!!")]
    [TestCase("12341234")]
    public void What_is_tried_first_is_refused(string password) => Assert.That(CommonPasswords.Has(password), Is.True);

    [TestCase("three blind camels in Linz")]
    [TestCase("xK4!vq9z")]
    [TestCase("correct horse battery staple")]
    [TestCase("passepartout-1871")]
    [TestCase("ångström øre")]
    [TestCase("20301015-4711-0815")]
    public void What_is_not_is_taken(string password) => Assert.That(CommonPasswords.Has(password), Is.False);
}
