using System.Buffers.Binary;

namespace CustomerCrm.Platform.Data;

/// <summary>128 bits as 26 characters of Crockford's base32 (no i, l, o, u), most significant first, so that text sorts like the number.</summary>
internal static class Base32
{
    private const int Length = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Write(string prefix, Guid value) => string.Create(prefix.Length + 1 + Length, (prefix, value), static (text, id) =>
    {
        id.prefix.CopyTo(text);
        text[id.prefix.Length] = '_';
        Span<byte> bytes = stackalloc byte[16];
        id.value.TryWriteBytes(bytes, bigEndian: true, out _);
        var rest = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        for (var i = text.Length - 1; i > id.prefix.Length; i--, rest >>= 5) text[i] = Alphabet[(int)(rest & 31)];
    });

    public static bool TryRead(string prefix, string? text, out Guid value)
    {
        value = Guid.Empty;
        if (text is null || text.Length != prefix.Length + 1 + Length) return false;
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length] != '_') return false;

        UInt128 number = 0;
        foreach (var c in text.AsSpan(prefix.Length + 1))
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0 || number >> 123 != 0) return false; // not a digit, or more than 128 bits
            number = (number << 5) | (uint)digit;
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        value = new Guid(bytes, bigEndian: true);
        return true;
    }
}
