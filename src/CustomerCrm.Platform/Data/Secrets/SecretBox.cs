using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Data.Secrets;

/// <summary>Settings <c>Secrets</c>.</summary>
public sealed class SecretOptions
{
    /// <summary>32 random bytes in base64 (<c>openssl rand -base64 32</c>), kept outside the database. Not set: one that is kept in it.</summary>
    public string? Key { get; set; }

    /// <summary>Keys of before: what they sealed can still be read.</summary>
    public IReadOnlyList<string> FormerKeys { get; set; } = [];

    internal bool IsValid => FormerKeys.Append(Key).OfType<string>().All(key => TryRead(key) is not null);

    internal static byte[]? TryRead(string key)
    {
        var bytes = new byte[32];
        return Convert.TryFromBase64String(key, bytes, out var length) && length == 32 && bytes.Distinct().Count() > 8 ? bytes : null;
    }
}

/// <summary>
/// Encrypts what must be used again and so cannot be kept as a hash: AES-256-GCM. What is sealed is bound to its place, so that
/// it is worth nothing in another row; and it says which key it is of, so that keys can be replaced.
/// </summary>
public sealed class SecretBox
{
    private const int IdLength = 4, NonceLength = 12, TagLength = 16;

    private readonly InstallationSecrets installation;
    private readonly SecretOptions options;
    private byte[][] keys = [];

    internal SecretBox(InstallationSecrets installation, IOptions<SecretOptions> options) => (this.installation, this.options) = (installation, options.Value);

    /// <summary>Once, before anything is sealed: the installation's own key may have to be made.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        var own = await installation.GetAsync("sealing", ct);
        keys = [.. options.FormerKeys.Prepend(options.Key).OfType<string>().Select(key => SecretOptions.TryRead(key)!).Append(own)];
    }

    public byte[] Seal(string secret, string place)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[IdLength + NonceLength + TagLength + plain.Length];
        IdOf(Keys[0]).CopyTo(box, 0);
        RandomNumberGenerator.Fill(box.AsSpan(IdLength, NonceLength));
        using var aes = new AesGcm(Keys[0], TagLength);
        aes.Encrypt(box.AsSpan(IdLength, NonceLength), plain, box.AsSpan(IdLength + NonceLength + TagLength), box.AsSpan(IdLength + NonceLength, TagLength), Encoding.UTF8.GetBytes(place));
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed for another place, by a key that is gone, or has been changed.</exception>
    public string Open(byte[] box, string place)
    {
        var key = Array.Find(Keys, k => box.AsSpan().StartsWith(IdOf(k))) ?? throw new CryptographicException("The key that sealed this is not among Secrets:Key and Secrets:FormerKeys.");
        var plain = new byte[box.Length - IdLength - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.AsSpan(IdLength, NonceLength), box.AsSpan(IdLength + NonceLength + TagLength), box.AsSpan(IdLength + NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>A fingerprint that only this installation can make, of what could be guessed: an address.</summary>
    public byte[] Fingerprint(string text) => HMACSHA256.HashData(Keys[^1], Encoding.UTF8.GetBytes(text));

    /// <summary>A key of its own for one use, made of the installation's (RFC 5869): what is learnt of one says nothing of the others.</summary>
    public byte[] KeyFor(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Keys[^1], 32, info: Encoding.UTF8.GetBytes(use));

    private byte[][] Keys => keys.Length > 0 ? keys : throw new InvalidOperationException("PrepareAsync comes first.");

    private static byte[] IdOf(byte[] key) => SHA256.HashData(key)[..IdLength];
}
