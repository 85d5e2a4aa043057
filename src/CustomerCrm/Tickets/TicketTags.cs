using CustomerCrm.Platform.Data;
using CustomerCrm.Tags;

namespace CustomerCrm.Tickets;

/// <summary>What tickets have of tags: the statements that read and write them. They are a member of the ticket, so there are no routes of their own.</summary>
internal static class TicketTags
{
    internal static readonly TenantSql Put = TenantSql.Of("""
        INSERT INTO TicketTags (TenantId, TicketId, TagId, AddedAt)
        SELECT r.TenantId, r.Id, t.Id, @Now
        FROM Tickets r
        JOIN Tags t ON t.TenantId = r.TenantId
        WHERE r.TenantId = @TenantId
          AND r.Id = @OwnerId
          AND t.Id = @TagId
          AND t.DeletedAt IS NULL
          AND NOT EXISTS (SELECT 1 FROM TicketTags g WHERE g.TenantId = r.TenantId AND g.TicketId = r.Id AND g.TagId = t.Id)
        """);

    internal static readonly TenantSql Take = TenantSql.Of("""
        DELETE FROM TicketTags
        WHERE TenantId = @TenantId
          AND TicketId = @OwnerId
          AND TagId = @TagId
        """);

    private static readonly TenantSql TagsOf = TenantSql.Of("""
        SELECT t.Id, t.Name, g.AddedAt
        FROM TicketTags g
        JOIN Tags t ON t.TenantId = g.TenantId AND t.Id = g.TagId
        WHERE g.TenantId = @TenantId
          AND g.TicketId = @OwnerId
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT g.TicketId
        FROM TicketTags g
        WHERE g.TenantId = @TenantId
          AND g.TagId = @TagId
        ORDER BY g.TicketId
        """);

    private static readonly TenantSql CustomerOf = TenantSql.Of("""
        SELECT t.CustomerId
        FROM Tickets t
        WHERE t.TenantId = @TenantId
          AND t.Id = @OwnerId
        """);

    public static readonly TagOwner Owner = new()
    {
        Name = "ticket",
        WriteId = id => new Id<Ticket>(id).ToString(),
        Add = Put,
        Remove = Take,
        TagsOf = TagsOf,
        Holders = Holders,
        CustomerOf = CustomerOf,
    };
}
