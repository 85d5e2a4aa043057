namespace CustomerCrm.Segments.Rules;

/// <summary>
/// What the conditions of a rule may speak of: the customer (c), the figures of their orders (f) and their scores (s); the last two
/// are NULL where there are none. An unused one costs nothing: both engines leave it out.
/// </summary>
internal static class SegmentTables
{
    public const string Customers = """
        Customers c
        LEFT JOIN CustomerFigures f ON f.TenantId = c.TenantId AND f.CustomerId = c.Id
        LEFT JOIN CustomerScores s ON s.TenantId = c.TenantId AND s.CustomerId = c.Id
        """;
}
