using System.Text;

namespace CustomerCrm.Customers.Searching;

/// <summary>All keys that begin with a text are the bytes from it up to the text and 0xFF, which no UTF-8 holds.</summary>
internal sealed record KeyRange(byte[] From, byte[] To)
{
    public static KeyRange Nothing { get; } = new([0xFF], [0xFF]);

    public static KeyRange StartingWith(string text)
    {
        var from = Encoding.UTF8.GetBytes(text);
        return new KeyRange(from, [.. from, 0xFF]);
    }
}
