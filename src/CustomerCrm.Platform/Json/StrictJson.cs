using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Json;

/// <summary>
/// The one way JSON is read and written: snake_case, nothing unknown, nothing twice, no control characters,
/// no numbers in quotes. What a request lacks is not an error of parsing: validation names it, with all else that is missing.
/// </summary>
public static class StrictJson
{
    /// <summary>How deep what others write may be.</summary>
    public const int MaxDepth = 32;

    // What was sent as deep as it may be stands deeper in what is made of it: in an event, that in a list, and in another event that tells of the first.
    private const int OwnDepth = 4 * MaxDepth;

    // Before the options, which are made from them.
    private static readonly string[] asSent = ["password", "secret", "token", "external_id", "unique_id", "anonymous_id"];
    private static readonly CleanStringConverter keepsForm = new(keepsForm: true);

    private static readonly JsonSerializerOptions fromOthers = Configure(new JsonSerializerOptions());

    /// <summary>For what this program writes: into the database and into answers, and read again.</summary>
    public static JsonSerializerOptions Options { get; } = new(fromOthers) { MaxDepth = OwnDepth };

    /// <summary>For what others write.</summary>
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
        options.Converters.Add(new TimeOfDayConverter());
        options.Converters.Add(new IdConverterFactory());
        options.Converters.Add(new ChangeConverterFactory());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveRequiredToValidation, LeaveOutUnchanged, KeepForm } };
        return options;
    }

    /// <summary>Reads what a program of ours put together from somebody's words, by the rules for requests, so that what is wrong with a value is an answer and no exception.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> json, out FieldError? wrong) where T : class
    {
        wrong = null;
        try
        {
            return JsonSerializer.Deserialize<T>(json, fromOthers);
        }
        catch (JsonException e)
        {
            var form = InnerJsonException.Innermost(e) as WrongFormException;
            wrong = new FieldError(JsonPointer.Of(e), form is null ? "wrong_type" : "wrong_form", form?.Saying ?? "The value has the wrong type or form.");
            return null;
        }
    }

    /// <summary>An enum's value as it stands on the wire.</summary>
    public static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void LeaveRequiredToValidation(JsonTypeInfo type)
    {
        foreach (var property in type.Properties) property.IsRequired = false;
    }

    // What another system or a person compares sign by sign.
    private static void KeepForm(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.PropertyType == typeof(string) && (property.Name == "id" || asSent.Any(end => property.Name.EndsWith(end, StringComparison.Ordinal)))) property.CustomConverter = keepsForm;
    }

    private static void LeaveOutUnchanged(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (typeof(IChange).IsAssignableFrom(property.PropertyType)) property.ShouldSerialize = (_, value) => value is IChange { IsSet: true };
    }
}
