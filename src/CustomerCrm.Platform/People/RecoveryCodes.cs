using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.People;

/// <summary>
/// What opens the second door when the phone is lost, each once. Of 120 random bits, so that a plain hash is enough to keep
/// (OWASP ASVS 5.0, 6.5.2); written in groups, and read without them.
/// </summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const int Length = 24, Group = 6;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string[] New() => [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(g => new string(g))))];

    /// <returns>Null for what cannot be a code.</returns>
    public static byte[]? TryHash(string text)
    {
        var code = text.Replace("-", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes(code)) : null;
    }
}
