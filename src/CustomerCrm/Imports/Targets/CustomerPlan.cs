using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Running;

namespace CustomerCrm.Imports.Targets;

/// <summary>A row that is about a customer.</summary>
internal sealed class CustomerPlan(FileRow row) : RowPlan(row)
{
    public CustomerDetails? Details { get; init; }
    public IReadOnlyList<NewIdentity> Identities { get; init; } = [];
    public IReadOnlyList<OwnedIdentity> Owned { get; set; } = [];

    /// <summary>Who would be created.</summary>
    public LoadedCustomer? Loaded { get; set; }

    /// <summary>Who would be changed.</summary>
    public Customer? Current { get; set; }

    public override IEnumerable<object> Keys => Identities.Select(i => i.Identifier);

    public override IReadOnlyList<FieldChange> WhatIsCreated() =>
        Loaded is null ? [] : [.. CustomerColumns.Differences(null, Loaded.Customer), .. Identities.Select(i => CustomerColumns.Added(i.Identifier))];
}
