using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Tickets;

/// <summary>What tickets have of fields of their tenant's own: the statements that read and write them.</summary>
internal static class TicketFields
{
    private static readonly TenantSql Ids = TenantSql.Of("""
        SELECT x.Id
        FROM Tickets x
        WHERE x.TenantId = @TenantId
        """);

    private static readonly TenantSql TextOf = TenantSql.Of("""
        SELECT x.Text
        FROM TicketFields x
        WHERE x.TenantId = @TenantId
          AND x.TicketId = @OwnerId
        """);

    private static readonly TenantSql InsertText = TenantSql.Of("INSERT INTO TicketFields (TenantId, TicketId, Text) VALUES (@TenantId, @OwnerId, @Text)");

    private static readonly TenantSql UpdateText = TenantSql.Of("""
        UPDATE TicketFields
        SET Text = @Text
        WHERE TenantId = @TenantId
          AND TicketId = @OwnerId
        """);

    private static readonly TenantSql DeleteText = TenantSql.Of("DELETE FROM TicketFields WHERE TenantId = @TenantId AND TicketId = @OwnerId");

    private static readonly TenantSql AddValue = TenantSql.Of("""
        INSERT INTO TicketFieldValues (TenantId, TicketId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, @ValueKey
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id = @FieldId
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql AddValues = TenantSql.Of($"""
        INSERT INTO TicketFieldValues (TenantId, TicketId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, {ManyValues.KeyOfField}
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id IN ({ManyValues.Fields})
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql RemoveValue = TenantSql.Of("""
        DELETE FROM TicketFieldValues
        WHERE TenantId = @TenantId
          AND TicketId = @OwnerId
          AND FieldId = @FieldId
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT v.TicketId
        FROM TicketFieldValues v
        WHERE v.TenantId = @TenantId
          AND v.FieldId = @FieldId
        ORDER BY v.ValueKey, v.TicketId
        """);

    private static readonly TenantSql Touch = TenantSql.Of("UPDATE Tickets SET Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @OwnerId");

    private static readonly TenantSql Values = TenantSql.Of("""
        SELECT 1
        FROM TicketFieldValues v
        WHERE v.TenantId = @TenantId
        """);

    // Behind the statements: static fields are set in the order they are written in.
    public static readonly CustomFieldOwner Owner = new()
    {
        Resource = CustomFieldResource.Tickets,
        ReadId = text => Id<Ticket>.TryRead(text, out var id) ? id.Value : null,
        WriteId = id => new Id<Ticket>(id).ToString(),
        Ids = Ids,
        TextOf = TextOf,
        InsertText = InsertText,
        UpdateText = UpdateText,
        DeleteText = DeleteText,
        AddValue = AddValue,
        AddValues = AddValues,
        RemoveValue = RemoveValue,
        Holders = Holders,
        Touch = Touch,
        Values = Values,
        RowColumn = "v.TicketId",
        HasWithin = (fieldId, range) => Condition.Of("""
            EXISTS (SELECT 1 FROM TicketFieldValues w
                    WHERE w.TenantId = t.TenantId AND w.TicketId = t.Id AND w.FieldId = {0} AND w.ValueKey >= {1} AND w.ValueKey < {2})
            """, fieldId, range.From, range.Before),
    };
}
