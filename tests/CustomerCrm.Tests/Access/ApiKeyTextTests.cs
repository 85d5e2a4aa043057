using System.Text;
using CustomerCrm.Platform.Access.Keys;

namespace CustomerCrm.Tests.Access;

public class ApiKeyTextTests
{
    [TestCase(ApiKeyKind.Live, "^crm_live_[0-9A-Za-z]{36}$")]
    [TestCase(ApiKeyKind.Test, "^crm_test_[0-9A-Za-z]{36}$")]
    [TestCase(ApiKeyKind.Operator, "^crm_operator_[0-9A-Za-z]{36}$")]
    public void A_key_says_its_kind_and_reads_back(ApiKeyKind kind, string form)
    {
        var key = ApiKeyText.Make(kind);

        Assert.That(key, Does.Match(form));
        Assert.That(ApiKeyText.TryRead(key, out var read, out var hash), Is.True);
        Assert.That(read, Is.EqualTo(kind));
        Assert.That(hash.ToBytes(), Is.EqualTo(ApiKeyText.HashOf(key)));
    }

    [Test]
    public void The_checksum_is_CRC_32_as_the_standard_has_it() =>
        Assert.That(Crc32.Of("123456789"u8), Is.EqualTo(0xCBF43926));

    [Test]
    public void Any_one_wrong_character_is_noticed()
    {
        var key = ApiKeyText.Make(ApiKeyKind.Live);

        for (var i = 0; i < key.Length; i++)
        {
            var wrong = new StringBuilder(key) { [i] = key[i] == 'a' ? 'b' : 'a' }.ToString();
            Assert.That(ApiKeyText.TryRead(wrong, out _, out _), Is.False, wrong);
        }
    }

    [Test]
    public void What_is_no_key_is_none()
    {
        var key = ApiKeyText.Make(ApiKeyKind.Live);

        string[] others =
        [
            "", "crm_live_", "Bearer", key[..^1], key + "0", " " + key, key + "\0", key.ToUpperInvariant(),
            key.Replace("live", "test", StringComparison.Ordinal), "crm_live_" + new string('é', 36), "crm_live_" + new string('\u0100', 36), new string('x', 10_000),
        ];

        Assert.That(others.Where(text => ApiKeyText.TryRead(text, out _, out _)), Is.Empty);
    }

    [Test]
    public void A_hint_shows_six_characters_of_the_secret()
    {
        var key = ApiKeyText.Make(ApiKeyKind.Live);

        Assert.That(ApiKeyText.HintOf(key), Is.EqualTo($"{key[..11]}…{key[^4..]}"));
    }
}
