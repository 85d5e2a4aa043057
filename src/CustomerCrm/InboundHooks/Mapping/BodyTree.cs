using System.Text.Json;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>A body while it is put together, member by member, by their pointers.</summary>
internal sealed class BodyTree
{
    private readonly SortedDictionary<string, BodyTree> members = new(StringComparer.Ordinal);
    private SortedDictionary<int, BodyTree>? elements;
    private JsonElement? value;
    private bool isFromPayload;

    /// <param name="parts">Where it goes.</param>
    /// <param name="set">What stands there.</param>
    /// <param name="isConstant">It is the same in every body.</param>
    public void Set(IReadOnlyList<string> parts, JsonElement set, bool isConstant)
    {
        var at = this;
        foreach (var part in parts)
        {
            at.isFromPayload |= !isConstant;
            at = at.Child(part);
        }
        (at.value, at.isFromPayload) = (set, at.isFromPayload || !isConstant);
    }

    /// <summary>The list at a place.</summary>
    public void SetEach(IReadOnlyList<string> parts, IEnumerable<BodyTree> each)
    {
        var at = this;
        foreach (var part in parts)
        {
            at.isFromPayload = true;
            at = at.Child(part);
        }
        (at.elements, at.isFromPayload) = (new(each.Index().ToDictionary(e => e.Index, e => e.Item)), true);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (value is { } leaf) leaf.WriteTo(json);
        else if (elements is not null)
        {
            json.WriteStartArray();
            // An external id that is there with its source alone is none.
            foreach (var element in elements.Values.Where(element => element.isFromPayload || element.value is not null)) element.Write(json);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (var (name, member) in members)
            {
                json.WritePropertyName(name);
                member.Write(json);
            }
            json.WriteEndObject();
        }
    }

    private BodyTree Child(string part)
    {
        if (PayloadPointer.IndexOf(part) is not { } index)
        {
            if (!members.TryGetValue(part, out var member)) members[part] = member = new BodyTree();
            return member;
        }
        elements ??= [];
        if (!elements.TryGetValue(index, out var element)) elements[index] = element = new BodyTree();
        return element;
    }
}
