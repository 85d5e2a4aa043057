using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerCrm.Platform.Json;

namespace CustomerCrm.CustomFields.Values;

/// <summary>
/// A value as bytes that sort as the value does, the same on both engines, with no collation and no floating point. The JSON alone
/// decides how, so a rule needs no look at the field it asks for.
/// </summary>
internal static class FieldKey
{
    /// <summary>How much of a text decides its place; what is behind that is only told apart.</summary>
    private const int MostSorted = 400;
    private const int DigitsAfterPoint = 1_000_000;

    public static byte[] Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Of(value.GetString()!),
        JsonValueKind.Number => Of(value.GetDecimal()),
        _ => Of(value.ValueKind == JsonValueKind.True),
    };

    public static byte[] Of(bool flag) => [flag ? (byte)2 : (byte)1];

    /// <param name="number">At most a million millions, with six digits after the point.</param>
    public static byte[] Of(decimal number)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(key, (ulong)(long)(number * DigitsAfterPoint) ^ (1UL << 63)); // the sign turned round: negative ones come first
        return key;
    }

    /// <summary>First without regard to case, so that lists read as people expect; then exactly, so that only the same text equals it.</summary>
    public static byte[] Of(string text) => [.. Sorted(text), 0, .. Exact(text)];

    /// <summary>What the keys of all texts begin with that begin so, whatever their case.</summary>
    public static byte[] Beginning(string text) => Sorted(text);

    private static byte[] Sorted(string text)
    {
        var folded = Encoding.UTF8.GetBytes(ComposedText.Of(text).ToUpperInvariant());
        return folded.Length <= MostSorted ? folded : folded[..MostSorted];
    }

    private static byte[] Exact(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(ComposedText.Of(text));
        return bytes.Length <= MostSorted ? bytes : SHA256.HashData(bytes);
    }
}
