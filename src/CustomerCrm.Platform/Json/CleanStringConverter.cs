using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// Refuses text with control characters (line breaks and tabs excepted) or half a character: databases, CSV and SMS each do something else with them.
/// Letters and their marks are put together, so that two texts that look the same are the same.
/// </summary>
/// <param name="keepsForm">For what is compared sign by sign, such as a password or another system's id: as it was sent.</param>
internal sealed class CleanStringConverter(bool keepsForm = false) : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new WrongFormException("Expected a string.");
        return CleanText(ref reader);
    }

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => CleanText(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private string CleanText(ref Utf8JsonReader reader)
    {
        try
        {
            return Clean(reader.GetString()!);
        }
        catch (InvalidOperationException e) // a lone surrogate, or bytes that are not UTF-8
        {
            throw new WrongFormException("The text is not valid Unicode.", e);
        }
    }

    private string Clean(string text)
    {
        foreach (var c in text)
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) throw new WrongFormException("The text has a control character.");
        return keepsForm ? text : ComposedText.Of(text);
    }
}
