using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.InboundHooks.Mapping;

/// <summary>
/// How a payload of any form becomes what the API itself takes. Each target is a body of the API, put together field by field from
/// places in the payload; the same rules then hold for it as for a request.
/// </summary>
/// <example>{"dedupe":{"pointer":"/id"},"targets":[{"resource":"order","fields":[{"to":"/source","const":"till"},{"to":"/external_id","pointer":"/id","transforms":[{"op":"text"}]},{"to":"/customer/email","pointer":"/buyer/mail","transforms":[{"op":"trim"},{"op":"lower"}]},{"to":"/lines","each":{"pointer":"/items","fields":[{"to":"/name","pointer":"/title"},{"to":"/quantity","pointer":"/count","default":1},{"to":"/unit_price_minor","pointer":"/price","transforms":[{"op":"minor_units","currency":"EUR"}]}]}}]}]}</example>
public sealed record HookMapping
{
    internal const int MostItems = 200;

    /// <summary>A list in the payload: each element of it is mapped by itself, as if it were the payload. At most 200.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(500), PayloadPointer] public string? ForEach { get; init; }

    /// <summary>What makes two deliveries the same; the whole body, if nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DedupeRule? Dedupe { get; init; }

    /// <summary>What is written, in this order.</summary>
    [MinLength(1), MaxLength(10)] public required IReadOnlyList<MappingTarget> Targets { get; init; }

    internal string Write() => JsonSerializer.Serialize(this, StrictJson.Options);

    internal static HookMapping Read(string text) => JsonSerializer.Deserialize<HookMapping>(text, StrictJson.Options)!;
}

/// <summary>What makes two deliveries the same. Where it is missing in a delivery, the whole body decides.</summary>
public sealed record DedupeRule : IValidatableObject
{
    /// <summary>A header that every delivery has a value of its own in.</summary>
    /// <example>x-event-id</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(100, MinimumLength = 1)] public string? Header { get; init; }

    /// <summary>Where in the payload it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(500), PayloadPointer] public string? Pointer { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Header is null == Pointer is null) yield return new BrokenRule("one_needed", "Say either a header or a pointer.", nameof(Header));
    }
}

/// <summary>One thing that is written for each delivery.</summary>
public sealed record MappingTarget : IValidatableObject
{
    public required HookResource Resource { get; init; }

    /// <summary>Only where this is so; a delivery that no target is for is kept as <c>ignored</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MappingCondition? When { get; init; }

    [MinLength(1), MaxLength(80)] public required IReadOnlyList<FieldMapping> Fields { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var (i, field) in Fields.Index())
            if (MappingMembers.WhyNot(Resource, field) is var (where, detail))
                yield return new BrokenRule("unknown_member", detail, $"Fields[{i}].{where}");
    }
}

/// <summary>What a delivery can become.</summary>
public enum HookResource
{
    /// <summary>Found by its identities or created, and changed as it is told; the body is that of <c>POST /v1/customers/resolve</c> without its policies.</summary>
    Customer,

    /// <summary>Stated as <c>POST /v1/orders/batch</c> takes an item: new, changed, or stale by <c>source_updated_at</c>.</summary>
    Order,

    /// <summary>Recorded as <c>POST /v1/interactions</c> does, once for each <c>source</c> and <c>external_id</c>.</summary>
    Interaction,

    /// <summary>Tracked as <c>POST /v1/track</c> does, once for each <c>unique_id</c>.</summary>
    Event,
}

/// <summary>Something that holds or not for a payload.</summary>
public sealed record MappingCondition : IValidatableObject
{
    [StringLength(500), PayloadPointer] public required string Pointer { get; init; }

    /// <summary>It is one of these texts; numbers and truth values as they are written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MinLength(1), MaxLength(100)] public IReadOnlyList<string>? In { get; init; }

    /// <summary>True: there is something; false: there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Exists { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (In is null == Exists is null) yield return new BrokenRule("one_needed", "Say either in or exists.", nameof(In));
    }

    internal bool Holds(JsonElement payload)
    {
        var found = PayloadPointer.Find(payload, Pointer);
        return In is null ? found is not null == Exists : found is { } value && In.Contains(MappedValue.TextOf(value));
    }
}
