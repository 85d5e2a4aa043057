using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Owners;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Interactions;

/// <summary>What interactions have of fields of their tenant's own: the statements that read and write them.</summary>
internal static class InteractionFields
{
    private static readonly TenantSql Ids = TenantSql.Of("""
        SELECT x.Id
        FROM Interactions x
        WHERE x.TenantId = @TenantId
        """);

    private static readonly TenantSql TextOf = TenantSql.Of("""
        SELECT x.Text
        FROM InteractionFields x
        WHERE x.TenantId = @TenantId
          AND x.InteractionId = @OwnerId
        """);

    private static readonly TenantSql InsertText = TenantSql.Of("INSERT INTO InteractionFields (TenantId, InteractionId, Text) VALUES (@TenantId, @OwnerId, @Text)");

    private static readonly TenantSql UpdateText = TenantSql.Of("""
        UPDATE InteractionFields
        SET Text = @Text
        WHERE TenantId = @TenantId
          AND InteractionId = @OwnerId
        """);

    private static readonly TenantSql DeleteText = TenantSql.Of("DELETE FROM InteractionFields WHERE TenantId = @TenantId AND InteractionId = @OwnerId");

    private static readonly TenantSql AddValue = TenantSql.Of("""
        INSERT INTO InteractionFieldValues (TenantId, InteractionId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, @ValueKey
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id = @FieldId
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql AddValues = TenantSql.Of($"""
        INSERT INTO InteractionFieldValues (TenantId, InteractionId, FieldId, ValueKey)
        SELECT d.TenantId, @OwnerId, d.Id, {ManyValues.KeyOfField}
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.Id IN ({ManyValues.Fields})
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql RemoveValue = TenantSql.Of("""
        DELETE FROM InteractionFieldValues
        WHERE TenantId = @TenantId
          AND InteractionId = @OwnerId
          AND FieldId = @FieldId
        """);

    private static readonly TenantSql Holders = TenantSql.Of("""
        SELECT v.InteractionId
        FROM InteractionFieldValues v
        WHERE v.TenantId = @TenantId
          AND v.FieldId = @FieldId
        ORDER BY v.ValueKey, v.InteractionId
        """);

    private static readonly TenantSql Touch = TenantSql.Of("UPDATE Interactions SET Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @OwnerId");

    private static readonly TenantSql Values = TenantSql.Of("""
        SELECT 1
        FROM InteractionFieldValues v
        WHERE v.TenantId = @TenantId
        """);

    // Behind the statements: static fields are set in the order they are written in.
    public static readonly CustomFieldOwner Owner = new()
    {
        Resource = CustomFieldResource.Interactions,
        ReadId = text => Id<Interaction>.TryRead(text, out var id) ? id.Value : null,
        WriteId = id => new Id<Interaction>(id).ToString(),
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
        RowColumn = "v.InteractionId",
        HasWithin = (fieldId, range) => Condition.Of("""
            EXISTS (SELECT 1 FROM InteractionFieldValues w
                    WHERE w.TenantId = i.TenantId AND w.InteractionId = i.Id AND w.FieldId = {0} AND w.ValueKey >= {1} AND w.ValueKey < {2})
            """, fieldId, range.From, range.Before),
    };
}
