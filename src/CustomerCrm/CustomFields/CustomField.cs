using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.CustomFields;

/// <summary>A field that the tenant gives one of its resources. The values are in <c>custom_fields</c> of each record.</summary>
public sealed record CustomField : IHasId, IVersioned
{
    public static string Prefix => "fld";

    public required Id<CustomField> Id { get; init; }
    public required CustomFieldResource Resource { get; init; }

    /// <summary>What it is called in <c>custom_fields</c>, filters, orders and rules.</summary>
    /// <example>loyalty_tier</example>
    public required string Name { get; init; }

    /// <summary>What people read.</summary>
    /// <example>Loyalty tier</example>
    public required string Label { get; init; }

    public string? Description { get; init; }
    public required CustomFieldType Type { get; init; }

    /// <summary>Of a choice, what there is to choose from; null for any other type.</summary>
    /// <example>[{"name":"gold","label":"Gold","is_retired":false}]</example>
    public IReadOnlyList<CustomFieldOption>? Options
    {
        get => OptionsText is null ? null : JsonSerializer.Deserialize<CustomFieldOption[]>(OptionsText, StrictJson.Options);
        init => OptionsText = value is null ? null : JsonSerializer.Serialize(value, StrictJson.Options);
    }

    /// <summary>Of money, what its minor units are of; null for any other type.</summary>
    public string? Currency { get; init; }

    /// <summary>Of a reference, to what; null for any other type.</summary>
    public CustomFieldResource? ReferencesTo { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    internal string? OptionsText { get; init; }

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<CustomField> FindAsync(Id<CustomField> customFieldId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<CustomField>(ById, new { CustomFieldId = customFieldId }, ct) ?? throw ApiProblem.NotFound("custom field");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT d.Id, d.Resource, d.Name, d.Label, d.Description, d.Type, d.OptionsText, d.Currency, d.ReferencesTo, d.Revision, d.CreatedAt, d.UpdatedAt
        FROM CustomFields d
        WHERE d.TenantId = @TenantId
          AND d.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = All.Then("AND d.Id = @CustomFieldId");
}

/// <summary>What can have fields of the tenant's own. The numbers are stored.</summary>
public enum CustomFieldResource
{
    Customers = 1,
    Orders = 2,
    Interactions = 3,
    Tickets = 4,
    Companies = 5,
    Products = 6,
}

/// <summary>What a field's values are. The numbers are stored.</summary>
public enum CustomFieldType
{
    /// <summary>1 to 1,000 characters.</summary>
    Text = 1,

    /// <summary>Up to a million millions, with six digits after the point.</summary>
    Number = 2,

    /// <summary>A whole number of minor units of the field's currency.</summary>
    Money = 3,

    /// <summary>A day: <c>2030-01-15</c>.</summary>
    Date = 4,

    /// <summary>True or false.</summary>
    Boolean = 5,

    /// <summary>The name of one of the field's options.</summary>
    Choice = 6,

    /// <summary>The id of a record of the resource that the field refers to.</summary>
    Reference = 7,
}

/// <summary>Something to choose.</summary>
public sealed record CustomFieldOption
{
    /// <summary>The value in <c>custom_fields</c>; it never changes.</summary>
    /// <example>gold</example>
    public required string Name { get; init; }

    /// <example>Gold</example>
    public required string Label { get; init; }

    /// <summary>Records that have it keep it; no other record can be given it.</summary>
    public required bool IsRetired { get; init; }
}
