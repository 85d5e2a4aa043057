using CustomerCrm.Platform.Data;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>Ten values of one record, written by one statement: a record may have two hundred. The last one fills up what is left.</summary>
internal sealed class ManyValues(byte[] ownerId, IReadOnlyList<(Id<CustomField> FieldId, byte[] Key)> values)
{
    public const int Most = 10;

    /// <summary>Of a field (d): the key of its value.</summary>
    public const string KeyOfField = """
        CASE d.Id WHEN @Field0 THEN @Key0 WHEN @Field1 THEN @Key1 WHEN @Field2 THEN @Key2 WHEN @Field3 THEN @Key3 WHEN @Field4 THEN @Key4
            WHEN @Field5 THEN @Key5 WHEN @Field6 THEN @Key6 WHEN @Field7 THEN @Key7 WHEN @Field8 THEN @Key8 ELSE @Key9 END
        """;

    public const string Fields = "@Field0, @Field1, @Field2, @Field3, @Field4, @Field5, @Field6, @Field7, @Field8, @Field9";

    public byte[] OwnerId => ownerId;

    public Id<CustomField> Field0 => At(0).FieldId;
    public Id<CustomField> Field1 => At(1).FieldId;
    public Id<CustomField> Field2 => At(2).FieldId;
    public Id<CustomField> Field3 => At(3).FieldId;
    public Id<CustomField> Field4 => At(4).FieldId;
    public Id<CustomField> Field5 => At(5).FieldId;
    public Id<CustomField> Field6 => At(6).FieldId;
    public Id<CustomField> Field7 => At(7).FieldId;
    public Id<CustomField> Field8 => At(8).FieldId;
    public Id<CustomField> Field9 => At(9).FieldId;

    public byte[] Key0 => At(0).Key;
    public byte[] Key1 => At(1).Key;
    public byte[] Key2 => At(2).Key;
    public byte[] Key3 => At(3).Key;
    public byte[] Key4 => At(4).Key;
    public byte[] Key5 => At(5).Key;
    public byte[] Key6 => At(6).Key;
    public byte[] Key7 => At(7).Key;
    public byte[] Key8 => At(8).Key;
    public byte[] Key9 => At(9).Key;

    private (Id<CustomField> FieldId, byte[] Key) At(int i) => values[Math.Min(i, values.Count - 1)];
}
