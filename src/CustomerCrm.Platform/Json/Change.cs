using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>A member of a PATCH (RFC 7396 merge patch): absent leaves things as they are, null clears, a value sets.</summary>
public readonly record struct Change<T>(T? Value) : IChange
{
    public bool IsSet { get; } = true;

    object? IChange.Value => Value;

    Type IChange.Type => typeof(T);

    /// <summary>The new value, or the current one where nothing was said.</summary>
    public T? Or(T? current) => IsSet ? Value : current;
}

internal interface IChange
{
    bool IsSet { get; }
    object? Value { get; }
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
            if (reader.TokenType == JsonTokenType.Null && default(T) is null) return new(default);
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
