using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Lists;

/// <summary>
/// The two tables in which records of one resource have values of fields that are their tenant's own, and the statements that read and
/// write them. <c>OrderFields</c> holds what is shown, all values of a record as one text; <c>OrderFieldValues</c> what is asked, a row
/// for each value. A statement calls the record <c>@OwnerId</c>.
/// </summary>
public sealed class OwnValueTables : IHoldsStatements
{
    /// <summary>So many values are written by one statement: <c>@Field0</c> and <c>@Key0</c> up to <c>@Field9</c> and <c>@Key9</c>.</summary>
    public const int MostAtOnce = 10;

    private readonly string valueTable, one, alias;

    private OwnValueTables(string definitions, string table, string one, string alias)
    {
        (this.one, this.alias, TextTable, valueTable) = (one, alias, $"{one}Fields", $"{one}FieldValues");
        var (owner, ofOwner) = ($"{one}Id", $"TenantId = @TenantId AND {one}Id = @OwnerId");
        Ids = TenantSql.OfSchema($"SELECT x.Id FROM {table} x WHERE x.TenantId = @TenantId");
        Touch = TenantSql.OfSchema($"UPDATE {table} SET Revision = Revision + 1 WHERE TenantId = @TenantId AND Id = @OwnerId");
        TextOf = TenantSql.OfSchema($"SELECT Text FROM {TextTable} WHERE {ofOwner}");
        InsertText = TenantSql.OfSchema($"INSERT INTO {TextTable} (TenantId, {owner}, Text) VALUES (@TenantId, @OwnerId, @Text)");
        UpdateText = TenantSql.OfSchema($"UPDATE {TextTable} SET Text = @Text WHERE {ofOwner}");
        DeleteText = TenantSql.OfSchema($"DELETE FROM {TextTable} WHERE {ofOwner}");
        AddValue = TenantSql.OfSchema($"""
            INSERT INTO {valueTable} (TenantId, {owner}, FieldId, ValueKey)
            SELECT d.TenantId, @OwnerId, d.Id, @ValueKey
            FROM {definitions} d
            WHERE d.TenantId = @TenantId AND d.Id = @FieldId AND d.DeletedAt IS NULL
            """);
        AddValues = TenantSql.OfSchema($"""
            INSERT INTO {valueTable} (TenantId, {owner}, FieldId, ValueKey)
            SELECT d.TenantId, @OwnerId, d.Id,
                CASE d.Id WHEN @Field0 THEN @Key0 WHEN @Field1 THEN @Key1 WHEN @Field2 THEN @Key2 WHEN @Field3 THEN @Key3 WHEN @Field4 THEN @Key4
                    WHEN @Field5 THEN @Key5 WHEN @Field6 THEN @Key6 WHEN @Field7 THEN @Key7 WHEN @Field8 THEN @Key8 ELSE @Key9 END
            FROM {definitions} d
            WHERE d.TenantId = @TenantId
              AND d.Id IN (@Field0, @Field1, @Field2, @Field3, @Field4, @Field5, @Field6, @Field7, @Field8, @Field9)
              AND d.DeletedAt IS NULL
            """);
        RemoveValue = TenantSql.OfSchema($"DELETE FROM {valueTable} WHERE {ofOwner} AND FieldId = @FieldId");
        Holders = TenantSql.OfSchema($"SELECT v.{owner} FROM {valueTable} v WHERE v.TenantId = @TenantId AND v.FieldId = @FieldId ORDER BY v.ValueKey, v.{owner}");
        Values = TenantSql.OfSchema($"SELECT 1 FROM {valueTable} v WHERE v.TenantId = @TenantId");
    }

    /// <param name="definitions">The table of the fields.</param>
    /// <param name="table">The table of the records: <c>Orders</c>.</param>
    /// <param name="one">What one of them is called, in tables and columns: <c>Order</c>.</param>
    /// <param name="alias">What their list's statements call the table of the records.</param>
    public static OwnValueTables Of([ConstantExpected] string definitions, [ConstantExpected] string table, [ConstantExpected] string one, [ConstantExpected] string alias) =>
        new(definitions, table, one, alias);

    /// <summary>The table of what is shown: a record and a text.</summary>
    public string TextTable { get; }

    /// <summary>The table of what is asked: a record, a field and the key of its value.</summary>
    public string ValueTable => valueTable;

    /// <summary>The ids of the records (alias x), for narrowing.</summary>
    public TenantSql Ids { get; }

    /// <summary>A new revision of the record.</summary>
    public TenantSql Touch { get; }

    public TenantSql TextOf { get; }
    public TenantSql InsertText { get; }
    public TenantSql UpdateText { get; }
    public TenantSql DeleteText { get; }

    /// <summary>Only of a field that is not deleted.</summary>
    public TenantSql AddValue { get; }

    /// <summary>The same of several: a record may have two hundred.</summary>
    public TenantSql AddValues { get; }

    public TenantSql RemoveValue { get; }

    /// <summary>The records that have a value of <c>@FieldId</c>.</summary>
    public TenantSql Holders { get; }

    /// <summary>The values (alias v), for narrowing.</summary>
    public TenantSql Values { get; }

    /// <summary>The record a value is of: <c>v.OrderId</c>.</summary>
    public string RowColumn => $"v.{one}Id";

    /// <summary>Of a row of the list: it has a value of this field within the range. Never NULL.</summary>
    public Condition HasWithin(byte[] fieldId, ValueRange range)
    {
        var text = $$"""
            EXISTS (SELECT 1 FROM {{valueTable}} w
                    WHERE w.TenantId = {{alias}}.TenantId AND w.{{one}}Id = {{alias}}.Id AND w.FieldId = {0} AND w.ValueKey >= {1} AND w.ValueKey < {2})
            """;
        return Condition.Written(text, text, fieldId, range.From, range.Before);
    }

    public IEnumerable<(string Name, TenantSql Sql)> Statements =>
    [
        (nameof(Ids), Ids), (nameof(Touch), Touch), (nameof(TextOf), TextOf), (nameof(InsertText), InsertText), (nameof(UpdateText), UpdateText), (nameof(DeleteText), DeleteText),
        (nameof(AddValue), AddValue), (nameof(AddValues), AddValues), (nameof(RemoveValue), RemoveValue), (nameof(Holders), Holders), (nameof(Values), Values),
    ];
}
