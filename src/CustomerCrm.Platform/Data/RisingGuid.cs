using System.Buffers.Binary;

namespace CustomerCrm.Platform.Data;

/// <summary>
/// UUIDs of version 7 that rise: those that a process makes in one millisecond are in their order too (RFC 9562, 6.2, method 1, with a
/// counter of 12 bits). So what is written together is read back in the order it was written, and indexes grow at their end.
/// </summary>
internal static class RisingGuid
{
    private const int CounterBits = 12;
    private static long last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var millisecond = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        long before, next;
        do
        {
            before = Volatile.Read(ref last);
            next = Math.Max(millisecond << CounterBits, before + 1); // a full counter runs into the next millisecond
        }
        while (Interlocked.CompareExchange(ref last, next, before) != before);

        BinaryPrimitives.WriteInt64BigEndian(bytes, ((next >>> CounterBits) << 16) | 0x7000 | (next & ((1 << CounterBits) - 1)));
        return new Guid(bytes, bigEndian: true); // the second half is random, as it was
    }
}
