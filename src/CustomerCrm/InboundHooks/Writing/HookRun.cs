using System.Globalization;
using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.InboundHooks.Writing;

/// <summary>Maps a payload and writes what comes of it. What a try shows is decided by this, too.</summary>
internal sealed class HookRun(HookWriter writer, CurrentSettings settings)
{
    /// <summary>Each body, written or refused: the caller keeps all of it or nothing.</summary>
    public async Task<IReadOnlyList<MappedItem>> RunAsync(HookMapping mapping, JsonElement payload, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var reading = new PayloadReading(payload, headers, tenant.Currency, TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone));
        var done = new List<MappedItem>();
        foreach (var (i, (item, pointer)) in ItemsOf(mapping, payload).Index())
            foreach (var (t, target) in mapping.Targets.Index())
                if (target.When?.Holds(item) != false) done.Add(await RunAsync(target, i, t, reading, item, pointer, ct));
        return done;
    }

    private async Task<MappedItem> RunAsync(MappingTarget target, int item, int number, PayloadReading reading, JsonElement payload, string pointer, CancellationToken ct)
    {
        var body = reading.Read(target, payload, pointer);
        var mapped = new MappedItem { Item = item, Target = number, Resource = target.Resource, Body = Shown(body.Json, item, number, pointer) };
        if (body.Errors.Count > 0)
            return mapped with { Errors = [.. body.Errors.Select(e => new DeliveryError { Item = item, Target = number, Pointer = e.Pointer, SourcePointer = e.SourcePointer, Code = e.Code, Detail = e.Detail })] };
        try
        {
            return mapped with { Written = await writer.WriteAsync(target.Resource, body.Json, ct) };
        }
        catch (ApiProblem problem) when (DeliveryRefusal.IsFinal(problem))
        {
            return mapped with { Errors = [.. DeliveryRefusal.ErrorsOf(problem).Select(e => e with { Item = item, Target = number, SourcePointer = body.SourceOf(e.Pointer) })] };
        }
    }

    private static JsonElement Shown(byte[] body, int item, int number, string pointer)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException) // we have written it ourselves, so it can only be too deep
        {
            throw new DeliveryRefusal(new DeliveryError { Item = item, Target = number, Pointer = "", SourcePointer = pointer, Code = "too_deep", Detail = "What comes of it is nested too deeply." });
        }
    }

    private static IEnumerable<(JsonElement Item, string Pointer)> ItemsOf(HookMapping mapping, JsonElement payload)
    {
        if (mapping.ForEach is not { } pointer) return [(payload, "")];
        if (PayloadPointer.Find(payload, pointer) is not { ValueKind: JsonValueKind.Array } list)
            throw new DeliveryRefusal(new DeliveryError { Pointer = "", SourcePointer = pointer, Code = "not_a_list", Detail = "for_each names no list in this payload." });
        if (list.GetArrayLength() > HookMapping.MostItems)
            throw new DeliveryRefusal(new DeliveryError { Pointer = "", SourcePointer = pointer, Code = "too_many", Detail = $"At most {HookMapping.MostItems} elements." });
        return list.EnumerateArray().Index().Select(e => (e.Item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{e.Index}")));
    }
}

/// <summary>What one target made of a payload, or of one element of it.</summary>
public sealed record MappedItem
{
    /// <summary>Which element of <c>for_each</c>; 0 without it.</summary>
    public required int Item { get; init; }

    /// <summary>Which target of the mapping, from 0.</summary>
    public required int Target { get; init; }

    public required HookResource Resource { get; init; }

    /// <summary>The body that the API would have been sent.</summary>
    public required JsonElement Body { get; init; }

    /// <summary>What is written; null where it is refused.</summary>
    public Written? Written { get; init; }

    public IReadOnlyList<DeliveryError> Errors { get; init; } = [];
}
