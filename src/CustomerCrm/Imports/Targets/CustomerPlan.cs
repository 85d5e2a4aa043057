using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;

namespace CustomerCrm.Imports.Targets;

/// <summary>A row that is about a customer.</summary>
internal sealed class CustomerPlan(FileRow row) : RowPlan(row)
{
    public CustomerDetails? Details { get; init; }
    public IReadOnlyList<NewIdentity> Identities { get; init; } = [];
    public IReadOnlyList<OwnedIdentity> Owned { get; set; } = [];

    /// <summary>Tags to put on.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values of the tenant's own fields or tags: it is written by itself, not among many.</summary>
    public bool SaysMore => Tags.Count > 0 || Details is { CustomFields.IsSet: true };

    /// <summary>What they change.</summary>
    public IReadOnlyList<FieldChange> More { get; set; } = [];

    /// <summary>Values of the tenant's own fields as they will be; null where the row says nothing of them.</summary>
    public CustomFieldValues? FieldsAfter { get; set; }

    /// <summary>Tags that earlier rows of the file would have put on.</summary>
    public IReadOnlyCollection<string> TagsBefore { get; set; } = [];

    /// <summary>Knows which column an error is of.</summary>
    public RowReading? Reading { get; init; }

    /// <summary>Who would be created.</summary>
    public LoadedCustomer? Loaded { get; set; }

    /// <summary>Who would be changed.</summary>
    public Customer? Current { get; set; }

    public override IEnumerable<object> Names => [.. Identities.Select(i => i.Identifier), .. Owned.Select(o => o.CustomerId).Distinct()];

    public override IReadOnlyList<FieldChange> WhatIsCreated() =>
        Loaded is null ? [] : [.. CustomerColumns.Differences(null, Loaded.Customer), .. Identities.Select(i => CustomerColumns.Added(i.Identifier)), .. More];

    public override IReadOnlyList<FieldChange> WhatUndoNeeds() => [.. More.Where(TagChanges.IsOne)];
}
