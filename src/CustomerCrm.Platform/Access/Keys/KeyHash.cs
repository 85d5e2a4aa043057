using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CustomerCrm.Platform.Access.Keys;

/// <summary>
/// The SHA-256 of a key's text, which is all that is kept of it. A plain hash is enough because the key itself is
/// random with more than 112 bits (OWASP ASVS 5.0, 6.5.2). A struct, so that looking a key up allocates nothing.
/// </summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    public static KeyHash Of(ReadOnlySpan<byte> key)
    {
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(key, MemoryMarshal.AsBytes(hash));
        return new KeyHash(hash[0], hash[1], hash[2], hash[3]);
    }

    public byte[] ToBytes() => MemoryMarshal.AsBytes<ulong>([A, B, C, D]).ToArray();

    // The hash of a hash: any 32 of its bits are as good as another.
    public override int GetHashCode() => (int)A;
}
