using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerCrm.Platform.Json;

/// <summary>A time of day is <c>21:00</c> on the wire. Seconds are taken where they are none.</summary>
internal sealed class TimeOfDayConverter : JsonConverter<TimeOnly>
{
    private const string Form = "HH:mm";

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TimeOnly.TryParseExact(reader.GetString(), [Form, "HH:mm:00"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new WrongFormException("A time of day as in 21:00.");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
}
