using System.Globalization;
using System.Text.Json;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.Lists;

/// <summary>What the value of a query parameter is, and how it is read.</summary>
/// <param name="JsonType">The OpenAPI type: string, integer, number, boolean.</param>
/// <param name="Format">The OpenAPI format, if there is one.</param>
/// <param name="Example">For the document.</param>
/// <param name="Read">Null for text that is no such value.</param>
public sealed record FilterType(string JsonType, string? Format, string Example, Func<string, object?> Read)
{
    /// <summary>What the value may be, where that is a short list.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What an id looks like.</summary>
    public string? Pattern { get; init; }

    /// <summary>The longest text that is taken.</summary>
    public int? MaxLength { get; init; }

    /// <exception cref="ApiProblem">400: not such a value, or too many.</exception>
    internal object[] ReadAll(string parameter, string sent, bool takesMany)
    {
        var parts = takesMany ? sent.Split(',') : [sent];
        if (parts.Length > 100) throw ApiProblem.BadQuery(parameter, "too_many", "At most 100 values.");
        return Array.ConvertAll(parts, part => Read(part)
            ?? throw ApiProblem.BadQuery(parameter, "value_invalid", Values is not null ? $"One of: {string.Join(", ", Values)}." : $"Not a value of this filter. An example: {Example}"));
    }

    /// <summary>What another system calls something: sign by sign as it was sent.</summary>
    public static FilterType ExactText(int maxLength, string example) =>
        Text(maxLength, example) with { Read = t => t.Length is > 0 && t.Length <= maxLength && !t.Any(char.IsControl) ? t : null };

    public static FilterType Text(int maxLength, string example) =>
        new("string", null, example, t => t.Length is > 0 && t.Length <= maxLength && !t.Any(char.IsControl) ? ComposedText.Of(t) : null) { MaxLength = maxLength };

    public static FilterType Integer { get; } =
        new("integer", "int64", "100", t => long.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null);

    public static FilterType Number { get; } =
        new("number", "double", "0.5", t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : null);

    public static FilterType Boolean { get; } = new("boolean", null, "true", t => t switch { "true" => true, "false" => false, _ => null });

    public static FilterType Time { get; } =
        new("string", "date-time", "2030-01-15T09:00:00Z", t => UtcTimeConverter.TryRead(t, out var time) ? time : null);

    public static FilterType Day { get; } =
        new("string", "date", "2030-01-15", t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    public static FilterType IdOf<T>() where T : IHasId =>
        new("string", null, Id<T>.FromBytes(new byte[16]).ToString(), t => Id<T>.TryRead(t, out var id) ? id : null) { Pattern = $"^{T.Prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$" };

    public static FilterType OneOf<T>() where T : struct, Enum => OneOf(typeof(T));

    // Not generic: there are dozens of these types, and the runtime would compile all of it for each before the first request.
    private static FilterType OneOf(Type type)
    {
        object[] values = [.. Enum.GetValues(type).Cast<object>()];
        var names = Array.ConvertAll(values, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()!));
        return new("string", null, names[0], t => Array.IndexOf(names, t) is >= 0 and var at ? values[at] : null) { Values = names };
    }
}
