using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.Json;

/// <summary>Ids as their text: <c>cus_01h…</c>.</summary>
internal sealed class IdConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(IdConverter<>).MakeGenericType(type.GetGenericArguments()))!;

    private sealed class IdConverter<T> : JsonConverter<Id<T>> where T : IHasId
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Id<T>.TryRead(reader.GetString(), out var id)
                ? id
                : throw new WrongFormException($"Expected an id: {T.Prefix}_ and 26 characters.");

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
