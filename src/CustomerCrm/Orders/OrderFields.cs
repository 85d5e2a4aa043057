using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Orders;

/// <summary>What orders have of fields of their tenant's own: the statements that read and write them.</summary>
internal static class OrderFields
{
    private static readonly TenantSql Ids = TenantSql.Of("""
        SELECT x.Id
        FROM Orders x
        WHERE x.TenantId = @TenantId
        """);

    private static readonly TenantSql TextOf = TenantSql.Of("""
        SELECT x.Text
        FROM OrderFields x
        WHERE x.TenantId = @TenantId
          AND x.OrderId = @OwnerId
        """);

    private static readonly TenantSql InsertText = TenantSql.Of("INSERT INTO OrderFields (TenantId, OrderId, Text) VALUES (@TenantId, @OwnerId, @Text)");

    private static readonly TenantSql UpdateText = TenantSql.Of("""
        UPDATE OrderFields
        SET Text = @Text
        WHERE TenantId = @TenantId
          AND OrderId = @OwnerId
        """);

    private static readonly TenantSql DeleteText = TenantSql.Of("DELETE FROM OrderFields WHERE TenantId = @TenantId AND OrderId = @OwnerId");

    private static readonly TenantSql AddValue = TenantSql.Of("""
        INSERT INTO OrderFieldValues (TenantId, OrderId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, @ValueKey
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id = @FieldId
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql AddValues = TenantSql.Of($"""
        INSERT INTO OrderFieldValues (TenantId, OrderId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, {ManyValues.KeyOfField}
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id IN ({ManyValues.Fields})
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql RemoveValue = TenantSql.Of("""
        DELETE FROM OrderFieldValues
        WHERE TenantId = @TenantId
          AND OrderId = @OwnerId
          AND FieldId = @FieldId
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT v.OrderId
        FROM OrderFieldValues v
        WHERE v.TenantId = @TenantId
          AND v.FieldId = @FieldId
        ORDER BY v.ValueKey, v.OrderId
        """);

    private static readonly TenantSql Touch = TenantSql.Of("UPDATE Orders SET Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @OwnerId");

    private static readonly TenantSql Values = TenantSql.Of("""
        SELECT 1
        FROM OrderFieldValues v
        WHERE v.TenantId = @TenantId
        """);

    // Behind the statements: static fields are set in the order they are written in.
    public static readonly CustomFieldOwner Owner = new()
    {
        Resource = CustomFieldResource.Orders,
        ReadId = text => Id<Order>.TryRead(text, out var id) ? id.Value : null,
        WriteId = id => new Id<Order>(id).ToString(),
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
        RowColumn = "v.OrderId",
        HasWithin = (fieldId, range) => Condition.Of("""
            EXISTS (SELECT 1 FROM OrderFieldValues w
                    WHERE w.TenantId = o.TenantId AND w.OrderId = o.Id AND w.FieldId = {0} AND w.ValueKey >= {1} AND w.ValueKey < {2})
            """, fieldId, range.From, range.Before),
    };
}
