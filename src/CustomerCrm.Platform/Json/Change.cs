using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// A member of a PATCH (RFC 7396 merge patch): absent leaves things as they are, null clears, a value sets. Of a type that has no null, null is
/// refused (422 <c>required</c>), and until then it says nothing.
/// </summary>
public readonly record struct Change<T>(T? Value) : IChange
{
    public bool IsSet { get; } = true;

    /// <summary>Null was sent for what has none.</summary>
    internal bool IsRefused { get; init; }

    object? IChange.Value => IsRefused ? null : Value;

    bool IChange.MayBeNull => default(T) is null;

    Type IChange.Type => typeof(T);

    /// <summary>The new value, or the current one where nothing was said.</summary>
    public T? Or(T? current) => IsSet && !IsRefused ? Value : current;
}

internal interface IChange
{
    bool IsSet { get; }
    object? Value { get; }
    bool MayBeNull { get; }
    Type Type { get; }
}

internal sealed class ChangeConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Change<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ChangeConverter<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class ChangeConverter<T> : JsonConverter<Change<T>>
    {
        public override bool HandleNull => true;

        public override Change<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null) return new(default) { IsRefused = default(T) is not null };
            if (typeof(T).IsValueType || typeof(T) == typeof(string)) return new(((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options));
            try
            {
                return new(JsonSerializer.Deserialize<T>(ref reader, options));
            }
            catch (JsonException e)
            {
                throw new InnerJsonException(e); // its path begins here
            }
        }

        public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
