namespace CustomerCrm.Articles;

/// <summary>Who reads an article. The numbers are stored.</summary>
public enum ArticleVisibility
{
    /// <summary>Everybody, on the help pages.</summary>
    Public = 1,

    /// <summary>Customers whom a signed link has brought to the help pages.</summary>
    CustomersOnly = 2,

    /// <summary>The tenant's own people; it is suggested for replies, and never quoted to customers by a bot.</summary>
    Internal = 3,
}
