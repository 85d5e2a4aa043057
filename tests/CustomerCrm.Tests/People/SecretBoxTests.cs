using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform.Data.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Tests.People;

public class SecretBoxTests
{
    private static readonly string first = Convert.ToBase64String(SHA256.HashData([1])), second = Convert.ToBase64String(SHA256.HashData([2]));

    [Test]
    public async Task What_is_sealed_is_opened_in_its_place_alone()
    {
        var box = await BoxAsync(new SecretOptions { Key = first });
        var sealedSecret = box.Seal("a secret", "person:1");

        Assert.That(box.Open(sealedSecret, "person:1"), Is.EqualTo("a secret"));
        Assert.Throws<AuthenticationTagMismatchException>(() => box.Open(sealedSecret, "person:2"));
        Assert.That(Encoding.UTF8.GetString(sealedSecret), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task A_key_is_replaced_without_losing_what_it_sealed()
    {
        var old = (await BoxAsync(new SecretOptions { Key = first })).Seal("a secret", "person:1");

        Assert.That((await BoxAsync(new SecretOptions { Key = second, FormerKeys = [first] })).Open(old, "person:1"), Is.EqualTo("a secret"));
        Assert.Throws<CryptographicException>(() => BoxAsync(new SecretOptions { Key = second }).GetAwaiter().GetResult().Open(old, "person:1"));
    }

    [Test]
    public async Task What_was_sealed_before_a_key_was_set_can_still_be_opened()
    {
        var old = (await BoxAsync(new SecretOptions())).Seal("a secret", "person:1");

        Assert.That((await BoxAsync(new SecretOptions { Key = first })).Open(old, "person:1"), Is.EqualTo("a secret"));
    }

    [TestCase("changeme", false)]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [TestCase("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=", true)]
    public void A_placeholder_is_no_key(string key, bool isValid) => Assert.That(new SecretOptions { Key = key }.IsValid, Is.EqualTo(isValid));

    private static async Task<SecretBox> BoxAsync(SecretOptions options)
    {
        var box = new SecretBox(TestApi.Services.GetRequiredService<InstallationSecrets>(), Options.Create(options));
        await box.PrepareAsync(default);
        return box;
    }
}
