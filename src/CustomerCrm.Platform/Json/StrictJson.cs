using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// The one way JSON is read and written: snake_case, nothing unknown, nothing twice, no control characters,
/// no numbers in quotes. What a request lacks is not an error of parsing: validation names it, with all else that is missing.
/// </summary>
public static class StrictJson
{
    public const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.DictionaryKeyPolicy = null;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // "unsafe" inside HTML; this is JSON, and says nosniff
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        var strings = new CleanStringConverter();
        options.Converters.Add(strings);
        options.Converters.Add(new CleanElementConverter(strings));
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new IdConverterFactory());
        options.Converters.Add(new ChangeConverterFactory());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveRequiredToValidation, LeaveOutUnchanged } };
        return options;
    }

    private static void LeaveRequiredToValidation(JsonTypeInfo type)
    {
        foreach (var property in type.Properties) property.IsRequired = false;
    }

    private static void LeaveOutUnchanged(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (typeof(IChange).IsAssignableFrom(property.PropertyType)) property.ShouldSerialize = (_, value) => value is IChange { IsSet: true };
    }
}
