using System.Diagnostics.CodeAnalysis;

namespace CustomerCrm.Platform.Data;

/// <summary>A kind of thing that has ids: <c>cus</c> for a customer. The prefix makes an id say what it is of.</summary>
public interface IHasId
{
    static abstract string Prefix { get; }
}

/// <summary>An id of whatever kind, as it is stored.</summary>
internal interface IIdValue
{
    byte[] ToBytes();
}

/// <summary>
/// The id of one <typeparamref name="T"/>: a UUID version 7 (RFC 9562), so that ids sort by the time they were made.
/// Written as prefix, underscore and 26 lower-case Crockford base32 characters; stored as 16 bytes, big-endian.
/// </summary>
public readonly record struct Id<T>(Guid Value) : IParsable<Id<T>>, IIdValue where T : IHasId
{
    /// <summary>Made here, not by the database, so that an INSERT is the same text on both engines.</summary>
    public static Id<T> New() => new(RisingGuid.Next());

    public static Id<T> FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public override string ToString() => Base32.Write(T.Prefix, Value);

    /// <exception cref="FormatException">The text is not an id of this kind.</exception>
    public static Id<T> Parse(string s, IFormatProvider? provider = null) =>
        TryRead(s, out var id) ? id : throw new FormatException($"'{s}' is not an id that begins with {T.Prefix}_.");

    /// <summary>
    /// Always succeeds: in a route, text that is no id becomes the id of nothing, so that it answers exactly like
    /// an id that does not exist. Use <see cref="TryRead"/> where the difference matters.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<T> result)
    {
        TryRead(s, out result);
        return true;
    }

    public static bool TryRead(string? text, out Id<T> id)
    {
        var read = Base32.TryRead(T.Prefix, text, out var value);
        id = new Id<T>(value);
        return read;
    }
}
