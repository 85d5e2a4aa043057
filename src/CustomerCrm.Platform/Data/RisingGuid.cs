using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// UUIDs of version 7 that rise: those that a process makes in one millisecond are in their order too (RFC 9562, 6.2, method 1, with a
/// counter of 12 bits). So what is written together is read back in the order it was written, and indexes grow at their end.
/// </summary>
internal static class RisingGuid
{
    private const int CounterBits = 12;
    private const int HalfBytes = 8;
    private static long last;

    // Asking the system for eight random bytes takes as long as asking for two thousand.
    [ThreadStatic] private static byte[]? random;
    [ThreadStatic] private static int used;

    public static Guid Next()
    {
        var millisecond = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        long before, next;
        do
        {
            before = Volatile.Read(ref last);
            next = Math.Max(millisecond << CounterBits, before + 1); // a full counter runs into the next millisecond
        }
        while (Interlocked.CompareExchange(ref last, next, before) != before);

        Span<byte> bytes = stackalloc byte[2 * HalfBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ((next >>> CounterBits) << 16) | 0x7000 | (next & ((1 << CounterBits) - 1)));
        Random().CopyTo(bytes[HalfBytes..]);
        bytes[HalfBytes] = (byte)(0x80 | (bytes[HalfBytes] & 0x3f)); // the variant
        return new Guid(bytes, bigEndian: true);
    }

    private static Span<byte> Random()
    {
        if (random is null || used == random.Length)
        {
            RandomNumberGenerator.Fill(random ??= new byte[256 * HalfBytes]);
            used = 0;
        }
        used += HalfBytes;
        return random.AsSpan(used - HalfBytes, HalfBytes);
    }
}
