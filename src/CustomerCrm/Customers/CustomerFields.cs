using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Customers;

/// <summary>What customers have of fields of their tenant's own: the statements that read and write them.</summary>
internal static class CustomerFields
{
    private static readonly TenantSql Ids = TenantSql.Of("""
        SELECT x.Id
        FROM Customers x
        WHERE x.TenantId = @TenantId
        """);

    private static readonly TenantSql TextOf = TenantSql.Of("""
        SELECT x.Text
        FROM CustomerFields x
        WHERE x.TenantId = @TenantId
          AND x.CustomerId = @OwnerId
        """);

    private static readonly TenantSql InsertText = TenantSql.Of("INSERT INTO CustomerFields (TenantId, CustomerId, Text) VALUES (@TenantId, @OwnerId, @Text)");

    private static readonly TenantSql UpdateText = TenantSql.Of("""
        UPDATE CustomerFields
        SET Text = @Text
        WHERE TenantId = @TenantId
          AND CustomerId = @OwnerId
        """);

    private static readonly TenantSql DeleteText = TenantSql.Of("DELETE FROM CustomerFields WHERE TenantId = @TenantId AND CustomerId = @OwnerId");

    private static readonly TenantSql AddValue = TenantSql.Of("""
        INSERT INTO CustomerFieldValues (TenantId, CustomerId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, @ValueKey
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id = @FieldId
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql AddValues = TenantSql.Of($"""
        INSERT INTO CustomerFieldValues (TenantId, CustomerId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, {ManyValues.KeyOfField}
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id IN ({ManyValues.Fields})
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql RemoveValue = TenantSql.Of("""
        DELETE FROM CustomerFieldValues
        WHERE TenantId = @TenantId
          AND CustomerId = @OwnerId
          AND FieldId = @FieldId
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT v.CustomerId
        FROM CustomerFieldValues v
        WHERE v.TenantId = @TenantId
          AND v.FieldId = @FieldId
        ORDER BY v.ValueKey, v.CustomerId
        """);

    private static readonly TenantSql Touch = TenantSql.Of("UPDATE Customers SET Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @OwnerId");

    private static readonly TenantSql Values = TenantSql.Of("""
        SELECT 1
        FROM CustomerFieldValues v
        WHERE v.TenantId = @TenantId
        """);

    // Behind the statements: static fields are set in the order they are written in.
    public static readonly CustomFieldOwner Owner = new()
    {
        Resource = CustomFieldResource.Customers,
        ReadId = text => Id<Customer>.TryRead(text, out var id) ? id.Value : null,
        WriteId = id => new Id<Customer>(id).ToString(),
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
        RowColumn = "v.CustomerId",
        HasWithin = (fieldId, range) => Condition.Of("""
            EXISTS (SELECT 1 FROM CustomerFieldValues w
                    WHERE w.TenantId = c.TenantId AND w.CustomerId = c.Id AND w.FieldId = {0} AND w.ValueKey >= {1} AND w.ValueKey < {2})
            """, fieldId, range.From, range.Before),
    };
}
