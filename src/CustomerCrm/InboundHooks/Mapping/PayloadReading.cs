using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>Puts the body of one target together from a payload. Pure.</summary>
/// <param name="Root">The whole payload.</param>
/// <param name="Headers">Those the mapping names, in lower case.</param>
/// <param name="Currency">The tenant's own.</param>
/// <param name="Zone">Where times without an offset were written.</param>
internal sealed record PayloadReading(JsonElement Root, IReadOnlyDictionary<string, string> Headers, string Currency, TimeZoneInfo Zone)
{
    private const int MostElements = 1000;

    public MappedBody Read(MappingTarget target, JsonElement item, string itemPointer)
    {
        var (tree, body) = (new BodyTree(), new MappedBody());
        Fill(tree, target.Fields, item, itemPointer, "", body);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer)) tree.Write(json);
        body.Json = buffer.WrittenMemory.ToArray();
        return body;
    }

    private void Fill(BodyTree tree, IReadOnlyList<FieldMapping> fields, JsonElement item, string itemPointer, string to, MappedBody body)
    {
        foreach (var field in fields)
        {
            var (at, from) = field.IsFromRoot == true ? (Root, "") : (item, itemPointer);
            var source = from + (field.Pointer ?? field.Each?.Pointer ?? field.FirstOf?[0] ?? field.Join?.Pointers[0] ?? "");
            body.Sources[to + field.To] = source;
            try
            {
                if (field.Each is { } each) FillEach(tree, field, each, at, source, to, body);
                else if (ValueOf(field, at) is { } value) tree.Set(PayloadPointer.Parts(field.To)!, value, isConstant: field.Const is not null);
            }
            catch (MappingException wrong)
            {
                body.Errors.Add(new MappingError(to + field.To, source, wrong.Code, wrong.Message));
            }
        }
    }

    private void FillEach(BodyTree tree, FieldMapping field, FieldMapping.EachElement each, JsonElement at, string source, string to, MappedBody body)
    {
        if (PayloadPointer.Find(at, each.Pointer) is not { } list)
        {
            if (field.Default is { } standing) tree.Set(PayloadPointer.Parts(field.To)!, standing, isConstant: true);
            return;
        }
        if (list.ValueKind != JsonValueKind.Array) throw new MappingException("not_a_list", "There is no list here.");
        if (list.GetArrayLength() > MostElements) throw new MappingException("too_many", $"At most {MostElements} elements.");
        var elements = new List<BodyTree>();
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            var one = new BodyTree();
            var place = string.Create(CultureInfo.InvariantCulture, $"/{i}");
            Fill(one, each.Fields, element, source + place, to + field.To + place, body);
            elements.Add(one);
        }
        tree.SetEach(PayloadPointer.Parts(field.To)!, elements);
    }

    private JsonElement? ValueOf(FieldMapping field, JsonElement at)
    {
        var value = field switch
        {
            { Const: { } constant } => constant,
            { Pointer: { } pointer } => PayloadPointer.Find(at, pointer),
            { Header: { } header } => Headers.TryGetValue(header.ToLowerInvariant(), out var sent) ? JsonSerializer.SerializeToElement(sent) : null,
            { FirstOf: { } places } => places.Select(place => PayloadPointer.Find(at, place)).FirstOrDefault(found => !MappedValue.IsBlank(found)),
            { Join: { } join } => Joined(join, at),
            _ => null,
        };
        if (MappedValue.IsBlank(value)) return field.Default;
        var current = value!.Value;
        foreach (var transform in field.Transforms ?? [])
            current = MappedValue.Apply(transform, current, CurrencyOf(transform), Zone);
        return MappedValue.IsBlank(current) ? field.Default : current;
    }

    private string CurrencyOf(Transform transform) =>
        transform.Currency ?? (transform.CurrencyPointer is { } pointer && PayloadPointer.Find(Root, pointer) is { } stated ? MappedValue.TextOf(stated).Trim().ToUpperInvariant() : Currency);

    private static JsonElement? Joined(FieldMapping.JoinedValues join, JsonElement at)
    {
        var found = join.Pointers.Select(pointer => PayloadPointer.Find(at, pointer)).Where(value => !MappedValue.IsBlank(value)).Select(value => MappedValue.TextOf(value!.Value).Trim()).ToArray();
        return found.Length == 0 ? null : JsonSerializer.SerializeToElement(string.Join(join.Separator, found));
    }
}

/// <summary>A body that was put together, or what was wrong on the way.</summary>
internal sealed class MappedBody
{
    public byte[] Json { get; set; } = [];

    /// <summary>Where in the payload each member comes from, by its pointer in the body.</summary>
    public Dictionary<string, string> Sources { get; } = new(StringComparer.Ordinal);

    public List<MappingError> Errors { get; } = [];

    /// <summary>Where in the payload something stands that is wrong in the body; null where no single place is.</summary>
    public string? SourceOf(string pointer)
    {
        for (var at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
            if (Sources.TryGetValue(at, out var source)) return source;
        return Sources.FirstOrDefault(known => known.Key.StartsWith(pointer + "/", StringComparison.Ordinal)).Value;
    }
}

/// <summary>Something that cannot be mapped.</summary>
internal sealed record MappingError(string Pointer, string SourcePointer, string Code, string Detail);
