using System.Buffers.Binary;
using System.Text;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Links;

/// <summary>What a signed link says: whose it is and what it is for.</summary>
public sealed record CustomerLink
{
    private const int HeadLength = 1 + 16 + 1 + 1 + 4 + 16;

    public required CustomerLinkKind Kind { get; init; }
    public required Id<Customer> CustomerId { get; init; }

    /// <summary>Of a preference link, the least of all: it is for every channel and purpose.</summary>
    public MessageChannel Channel { get; init; } = MessageChannel.Email;

    public MessagePurpose Purpose { get; init; } = MessagePurpose.Marketing;

    /// <summary>Empty: all topics.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of an opt-in, the entry of the ledger that it answers.</summary>
    public Guid About { get; init; }

    internal byte[] Write()
    {
        var head = new byte[HeadLength];
        head[0] = (byte)Kind;
        CustomerId.ToBytes().CopyTo(head, 1);
        head[17] = (byte)Channel;
        head[18] = (byte)Purpose;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(19), (uint)(ExpiresAt?.ToUnixTimeSeconds() ?? 0));
        About.TryWriteBytes(head.AsSpan(23), bigEndian: true, out _);
        return [.. Kind == CustomerLinkKind.OptIn ? head : head[..23], .. Encoding.UTF8.GetBytes(Topic)];
    }

    /// <summary>Of bytes whose signature was right: they are ours, and as they were written.</summary>
    internal static CustomerLink Read(ReadOnlySpan<byte> bytes)
    {
        var kind = (CustomerLinkKind)bytes[0];
        var expires = BinaryPrimitives.ReadUInt32BigEndian(bytes[19..]);
        var behind = kind == CustomerLinkKind.OptIn ? HeadLength : HeadLength - 16;
        return new CustomerLink
        {
            Kind = kind,
            CustomerId = Id<Customer>.FromBytes(bytes[1..17]),
            Channel = (MessageChannel)bytes[17],
            Purpose = (MessagePurpose)bytes[18],
            ExpiresAt = expires == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(expires),
            About = kind == CustomerLinkKind.OptIn ? new Guid(bytes[23..39], bigEndian: true) : Guid.Empty,
            Topic = Encoding.UTF8.GetString(bytes[behind..]),
        };
    }
}
