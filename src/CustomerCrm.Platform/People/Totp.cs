using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.People;

/// <summary>Codes that change with time (RFC 6238): HMAC-SHA-1 over the count of half minutes, six digits, as every authenticator app has them.</summary>
public static class Totp
{
    public const int Digits = 6, StepSeconds = 30, SecretBytes = 20;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>How many steps a clock may be off to either side (RFC 6238, 5.2).</summary>
    private const int Drift = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <param name="secret">Shared with the app.</param>
    /// <param name="step">Which half minute.</param>
    /// <param name="digits">Six, but for the vectors of the RFC, which have eight.</param>
    public static string CodeOf(byte[] secret, long step, int digits = Digits)
    {
        Span<byte> message = stackalloc byte[8], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
#pragma warning disable CA5350 // SHA-1 is what RFC 6238 and the apps use; as an HMAC it is not broken.
        HMACSHA1.HashData(secret, message, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & int.MaxValue;
        return (number % (long)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <returns>The step whose code it is, of those around now; null for a wrong code.</returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now)
    {
        long? found = null;
        // Every candidate is compared, and each in full: how long it takes says nothing about the code.
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(secret, step)), Encoding.UTF8.GetBytes(code))) found = step;
        return found;
    }

    /// <summary>As people type it into an app (RFC 4648, without padding).</summary>
    public static string TextOf(byte[] secret)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var b in secret)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        return bits == 0 ? text.ToString() : text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString();
    }

    /// <summary>What the square code that an app reads says.</summary>
    public static string UriOf(byte[] secret, string issuer, string account) => string.Create(CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={TextOf(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}");
}
