using CustomerCrm.Platform.Data;

namespace CustomerCrm.CustomFields.Owners;

/// <summary>Up to ten values of one record, as <c>OwnValueTables.AddValues</c> takes them. The last one fills up what is left.</summary>
internal sealed class ManyValues(byte[] ownerId, IReadOnlyList<(Id<CustomField> FieldId, byte[] Key)> values)
{
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
