using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Search;

/// <summary>What can be found. The numbers are stored.</summary>
public enum SearchKind
{
    Customer = 1,
    Interaction = 2,

    /// <summary>By its whole number only; it is not in the index.</summary>
    Order = 3,

    Company = 4,
    Product = 5,
    Note = 6,
    Ticket = 7,
    Article = 8,

    /// <summary>An internal note in a conversation. What was said to customers is found as an interaction.</summary>
    ConversationNote = 20,
}

/// <summary>A record as the search reads it, when it is indexed and again when it is shown.</summary>
internal sealed record SearchDocument
{
    private const int MostWords = 1500;

    public required SearchKind Kind { get; init; }
    public required byte[] Key { get; init; }

    /// <summary>Whose it is, so that it is forgotten with them: a customer, or of a company's note the company; null for what is nobody's.</summary>
    public required byte[]? OwnerKey { get; init; }

    /// <summary>The customer it is, or is of.</summary>
    public Id<Customer>? CustomerId { get; init; }

    /// <summary>Its id as the API writes it.</summary>
    public required string Id { get; init; }

    /// <summary>What a list shows of it.</summary>
    public required string? Title { get; init; }

    /// <summary>What it is known by.</summary>
    public required IReadOnlyList<SearchText> Titles { get; init; }

    /// <summary>Whatever else is said in it.</summary>
    public required IReadOnlyList<SearchText> Texts { get; init; }

    /// <summary>A word of the index that nobody can type: what this kind's own lists find their documents by.</summary>
    public string? Mark { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public string TitleWords => Joined(Titles);
    public string BodyWords => Mark is null ? Joined(Texts) : $"{Joined(Texts)} {Mark}";

    private static string Joined(IReadOnlyList<SearchText> texts) => string.Join(' ', texts
        .Where(t => t.Text is not null)
        .SelectMany(t => t.IsPhone ? SearchTokens.OfPhone(t.Text!) : SearchTokens.Of(t.Text!))
        .Distinct(StringComparer.Ordinal)
        .Take(MostWords));
}

/// <summary>One text of a record, by its name on the wire.</summary>
internal sealed record SearchText(string Field, string? Text, bool IsPhone = false);
