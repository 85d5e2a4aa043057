using System.Collections.Concurrent;
using System.Globalization;
using CustomerCrm.Platform.Problems;
using HandlebarsDotNet;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;

namespace CustomerCrm.Templates.Rendering;

/// <summary>
/// Handlebars, shut in: it sees dictionaries and lists that we have made of texts, and no member of any type. What is compiled is kept by its
/// text, since the same template is used many times and never changes in itself.
/// </summary>
internal sealed class TemplateEngine
{
    internal const int MostOutput = 1_000_000;
    private const int MostKept = 2000;

    private readonly ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> html = new(StringComparer.Ordinal), plain = new(StringComparer.Ordinal);
    private readonly IHandlebars htmlEngine = New(isPlain: false), plainEngine = New(isPlain: true);

    /// <summary>Values are escaped.</summary>
    /// <exception cref="TemplateTooLongException">What came out was longer than a message may be.</exception>
    /// <exception cref="ApiProblem">422: it goes through something that is no list.</exception>
    public string Html(string text, Dictionary<string, object?> values) => Run(Kept(html, htmlEngine, text), values);

    /// <summary>Values stand as they are: for subjects, plain text and SMS.</summary>
    /// <inheritdoc cref="Html"/>
    public string Plain(string text, Dictionary<string, object?> values) => Run(Kept(plain, plainEngine, text), values);

    private static HandlebarsTemplate<TextWriter, object, object> Kept(ConcurrentDictionary<string, HandlebarsTemplate<TextWriter, object, object>> kept, IHandlebars engine, string text)
    {
        if (kept.TryGetValue(text, out var compiled)) return compiled;
        // What is written in other than our small language never gets here: a template is checked when it is saved.
        if (TemplateReading.Of(text).Errors is { Count: > 0 } errors) throw new InvalidOperationException($"Not a template: {errors[0].Code}");
        if (kept.Count >= MostKept) kept.Clear();
        using var reader = new StringReader(text);
        return kept[text] = engine.Compile(reader);
    }

    private static string Run(HandlebarsTemplate<TextWriter, object, object> compiled, Dictionary<string, object?> values)
    {
        using var writer = new BoundedWriter(MostOutput);
        try
        {
            compiled(writer, values, null!);
        }
        catch (HandlebarsRuntimeException) // in our small language {{#each}} alone can fail
        {
            throw ApiProblem.Invalid("/data", "not_a_list", "The template goes with {{#each}} through what is one value, and no list.");
        }
        return writer.ToString();
    }

    private static IHandlebars New(bool isPlain)
    {
        var configuration = new HandlebarsConfiguration { NoEscape = isPlain, FormatProvider = CultureInfo.InvariantCulture };
        configuration.ObjectDescriptorProviders.Add(new NothingElse());
        return Handlebars.Create(configuration);
    }

    private sealed class NothingElse : IObjectDescriptorProvider, IMemberAccessor
    {
        public bool TryGetDescriptor(Type type, out ObjectDescriptor value)
        {
            value = ObjectDescriptor.Empty;
            if (type == typeof(Dictionary<string, object?>) || type == typeof(List<object?>)) return false; // the engine's own ways, which look up keys
            value = new ObjectDescriptor(type, this, (_, _) => Array.Empty<object>(), _ => null!);
            return true;
        }

        public bool TryGetValue(object instance, ChainSegment memberName, out object value)
        {
            value = null!;
            return false;
        }
    }
}

/// <summary>A template and its values make more text than a message may have.</summary>
public sealed class TemplateTooLongException() : Exception($"More than {TemplateEngine.MostOutput} characters came out of the template.");
