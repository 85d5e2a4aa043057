using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>A value of any form, kept as it came. Text in it is refused as anywhere else, before somebody reads it.</summary>
internal sealed class CleanElementConverter(CleanStringConverter strings) : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader; // a copy: the element is read again by the reader itself
        var depth = ahead.CurrentDepth;
        do
        {
            if (ahead.TokenType == JsonTokenType.String) strings.Read(ref ahead, typeof(string), options);
            if (ahead.TokenType == JsonTokenType.PropertyName) strings.ReadAsPropertyName(ref ahead, typeof(string), options);
        } while ((ahead.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || ahead.CurrentDepth > depth) && ahead.Read());
        return JsonElement.ParseValue(ref reader);
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
