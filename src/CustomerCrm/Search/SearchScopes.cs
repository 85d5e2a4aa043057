namespace CustomerCrm.Search;

/// <summary>What a key must be able to read by its own route, so that the search shows it. Pure.</summary>
internal static class SearchScopes
{
    public static string Of(SearchKind kind) => kind switch
    {
        SearchKind.Customer => "customers:read",
        SearchKind.Interaction => "interactions:read",
        SearchKind.Order => "orders:read",
        SearchKind.Company => "companies:read",
        SearchKind.Product => "products:read",
        SearchKind.Note => "notes:read",
        SearchKind.Ticket => "tickets:read",
        SearchKind.Article => "articles:read",
        SearchKind.ConversationNote => "conversations:read",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind that can be found says who may find it."),
    };
}
