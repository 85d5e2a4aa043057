using System.Text;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Orders.External;

/// <summary>What an order is called where it came from.</summary>
internal sealed record ExternalOrder(string Source, string Id)
{
    /// <summary>Compared byte by byte: upper and lower case differ.</summary>
    public byte[] Key => Encoding.UTF8.GetBytes(Id);

    /// <exception cref="ApiProblem">422: not a source, or not an id.</exception>
    public static ExternalOrder Of(string source, string id) =>
        Identifier.SourceOf(source) is null ? throw ApiProblem.Invalid("/source", "source_invalid", "A source has 1 to 100 letters, digits, _ . or -.")
        : TryRead(source, id) ?? throw ApiProblem.Invalid("/external_id", "external_id_invalid", "An external id has 1 to 200 characters.");

    /// <summary>Null for what is no source or no id.</summary>
    public static ExternalOrder? TryRead(string source, string id) =>
        Identifier.SourceOf(source) is { } name && id.Trim() is { Length: > 0 and <= 200 } text && !text.Any(char.IsControl) ? new ExternalOrder(name, text) : null;
}
