using System.Security.Cryptography;
using System.Text;
using CustomerCrm.ProviderCallbacks.Signatures;

namespace CustomerCrm.Tests.ProviderCallbacks;

public class SignatureTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    // printf '%s' 'https://mycompany.com/myapp.php?foo=1&bar=2CallSidCA1234567890ABCDECaller+12349013030Digits1234From+12349013030To+18005551212' | openssl dgst -sha1 -hmac 12345 -binary | base64
    [Test]
    public void Twilios_signature_is_what_openssl_makes() => Assert.That(TwilioSignature.Of("https://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345"), Is.EqualTo("0/KCTR6DLpKmkAf8muzZqo1nDgQ="));

    // printf '%s' 'https://crm.example/callbacks/twilio/inbound/xBodyGrüße & mehrFrom+4915112345678MessageSidSM1' | openssl dgst -sha1 -hmac 'söcret' -binary | base64
    [Test]
    public void Other_alphabets_are_signed_as_utf8() => Assert.That(
        TwilioSignature.Of("https://crm.example/callbacks/twilio/inbound/x", Parameters(("MessageSid", "SM1"), ("From", "+4915112345678"), ("Body", "Grüße & mehr")), "söcret"), Is.EqualTo("hCqh2lEjM79No2sH0sgEZef4CH4="));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0/KCTR6DLpKmkAf8muzZqo1nDgQ")]
    [TestCase("1/KCTR6DLpKmkAf8muzZqo1nDgQ=")]
    public void Any_other_text_is_no_signature(string? sent) => Assert.That(TwilioSignature.IsRight(sent, "https://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345"), Is.False);

    [Test]
    public void Sendgrids_signature_is_right_for_its_key_body_and_time_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (body, at) = ("[{}]"u8.ToArray(), $"{now.ToUnixTimeSeconds()}");
        var signature = Sign(key, at, body);

        Assert.That(SendGridSignature.IsRight(PublicOf(key), signature, at, body, now), Is.True);
        Assert.That(SendGridSignature.IsRight(PublicOf(other), signature, at, body, now), Is.False);
        Assert.That(SendGridSignature.IsRight(PublicOf(key), signature, at, "[{ }]"u8.ToArray(), now), Is.False);
        Assert.That(SendGridSignature.IsRight(PublicOf(key), signature, $"{now.ToUnixTimeSeconds() + 1}", body, now), Is.False);
        Assert.That(SendGridSignature.IsRight(PublicOf(key), signature, at, body, now.AddDays(3)), Is.False, "somebody's copy");
        foreach (var nonsense in new[] { null, "", "!", "AAAA", signature[..^8], new string('A', 4000) }) Assert.That(SendGridSignature.IsRight(PublicOf(key), nonsense, at, body, now), Is.False);
        foreach (var nonsense in new[] { null, "", "x", "-1", "99999999999999999999" }) Assert.That(SendGridSignature.IsRight(PublicOf(key), signature, nonsense, body, now), Is.False);
    }

    internal static string PublicOf(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    internal static string Sign(ECDsa key, string timestamp, byte[] body) =>
        Convert.ToBase64String(key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static KeyValuePair<string, string>[] Call => Parameters(("Digits", "1234"), ("CallSid", "CA1234567890ABCDE"), ("To", "+18005551212"), ("Caller", "+12349013030"), ("From", "+12349013030"));

    private static KeyValuePair<string, string>[] Parameters(params (string Name, string Value)[] parameters) => [.. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))];
}
