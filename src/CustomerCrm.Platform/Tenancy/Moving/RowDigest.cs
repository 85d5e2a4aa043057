using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CustomerCrm.Platform.Tenancy.Moving;

/// <summary>A row in sixteen bytes: the same columns with the same values, of the same kind, and no other. Pure.</summary>
internal static class RowDigest
{
    public static UInt128 Of(IReadOnlyList<object?> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[5];
        foreach (var value in values)
        {
            var (kind, bytes) = Bytes(value);
            head[0] = kind;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length); // so that two values never look like two others
            hash.AppendData(head);
            hash.AppendData(bytes);
        }
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    private static (byte Kind, byte[] Bytes) Bytes(object? value) => value switch
    {
        null or DBNull => (0, []),
        string text => (1, Encoding.UTF8.GetBytes(text)),
        byte[] bytes => (2, bytes),
        double number => (3, BitConverter.GetBytes(number)),
        DateTime time => (4, BitConverter.GetBytes(time.Ticks)),
        bool flag => (5, BitConverter.GetBytes(flag)),
        long or int or short or byte => (6, BitConverter.GetBytes(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture))),
        _ => throw new NotSupportedException($"A column holds a {value.GetType().Name}, which a move does not know."),
    };
}

/// <summary>All rows of a table, whatever their order: how many, and their digests in one.</summary>
internal readonly record struct TableDigest(long Rows, UInt128 Sum)
{
    public TableDigest With(UInt128 row) => new(Rows + 1, unchecked(Sum + row));
}
