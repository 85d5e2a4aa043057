using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.OpenApi.Shapes;

namespace CustomerCrm.CustomFields.Values;

/// <summary>
/// The values of a record's own fields, by the names of the fields. Kept as the JSON they are stored and shown as, and only read
/// where somebody asks for one: a page of records copies texts.
/// </summary>
[JsonConverter(typeof(AsItIs)), WireForm(typeof(IReadOnlyDictionary<string, JsonElement>))]
public sealed class CustomFieldValues : IEquatable<CustomFieldValues>
{
    private const string Empty = "{}";
    private IReadOnlyDictionary<string, JsonElement>? read;

    private CustomFieldValues(string text) => Text = text;

    public static CustomFieldValues None { get; } = new(Empty);

    /// <summary>Names in their order, without spaces: the same values are the same text.</summary>
    internal string Text { get; }

    /// <param name="text">As it is stored; null for none.</param>
    internal static CustomFieldValues Of(string? text) => text is null or Empty ? None : new CustomFieldValues(text);

    internal IReadOnlyDictionary<string, JsonElement> ByName =>
        read ??= JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Text, StrictJson.Options)!;

    /// <summary>The value of a field; null where there is none.</summary>
    internal JsonElement? Find(string name) => Text != Empty && ByName.TryGetValue(name, out var value) ? value : null;

    /// <summary>The same with other values of some fields; null takes one out.</summary>
    internal CustomFieldValues With(params IReadOnlyList<(string Name, JsonElement? Value)> changes)
    {
        var changed = new SortedDictionary<string, JsonElement>(ByName.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            if (value is { } one) changed[name] = one;
            else changed.Remove(name);
        }
        return Of(JsonSerializer.Serialize(changed, StrictJson.Options));
    }

    public bool Equals(CustomFieldValues? other) => other?.Text == Text;
    public override bool Equals(object? obj) => Equals(obj as CustomFieldValues);
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
    public static bool operator ==(CustomFieldValues? one, CustomFieldValues? other) => one?.Text == other?.Text;
    public static bool operator !=(CustomFieldValues? one, CustomFieldValues? other) => !(one == other);
    public override string ToString() => Text;

    private sealed class AsItIs : JsonConverter<CustomFieldValues>
    {
        public override CustomFieldValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(JsonSerializer.Serialize(JsonSerializer.Deserialize<SortedDictionary<string, JsonElement>>(ref reader, options), options));

        public override void Write(Utf8JsonWriter writer, CustomFieldValues value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
