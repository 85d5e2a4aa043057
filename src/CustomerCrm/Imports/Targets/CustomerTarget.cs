using System.Text.Json;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Imports.Targets;

/// <summary>Rows that become customers, found again by their identities as everywhere else.</summary>
internal sealed class CustomerTarget(TenantDb db, IdentityOwners owners, CustomerWriter writer, CustomerFinder finder, CustomerLoad load, CustomerRestoring restoring, CustomerExtras extras, TimeProvider clock) : IImportTarget
{
    private const int Attempts = 3;

    public ImportResource Resource => ImportResource.Customers;
    public string Scope => "customers:write";
    public bool IsSlow => false;
    public async ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct) => [.. CustomerColumns.All, .. await extras.ColumnsAsync(ct)];
    public FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) => CustomerColumns.WhatLacks(mapping);
    public FileRows Join(FileRows rows, RowReading reading) => rows;
    public void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells) => CustomerColumns.Compose(json, cells);

    public RowPlan Plan(FileRow row, ReadOnlySpan<byte> json, RowReading reading, RunTerms terms)
    {
        if (StrictJson.TryRead<CustomerDetails>(json, out var wrong) is not { } details) return Refused(wrong!);
        if (RequestRules.ErrorsOf(details) is { Count: > 0 } broken) return Refused([.. broken]);

        var (identities, errors) = IdentityList.Read(details, details.Country.Or(null) ?? terms.Country, "");
        if (errors.Count > 0) return Refused([.. errors]);
        if (identities.Count == 0) return Refused(new FieldError("", "identity_required", "The row has no e-mail address, phone number, external id or handle."));
        return new CustomerPlan(row) { Details = details, Identities = identities, Tags = TagChanges.In(reading.Said), Reading = reading };

        CustomerPlan Refused(params FieldError[] errors)
        {
            var plan = new CustomerPlan(row);
            plan.Errors.AddRange(errors.Select(e => reading.ErrorOf(e, row)));
            return plan;
        }
    }

    public async Task DecideAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct)
    {
        var plans = rows.OfType<CustomerPlan>().Where(plan => plan.Details is not null).ToArray();
        var owned = await owners.FindManyAsync([.. plans.SelectMany(plan => plan.Identities.Select(i => i.Identifier))], ct);
        foreach (var plan in plans) plan.Owned = [.. plan.Identities.Select(i => owned.GetValueOrDefault(i.Identifier)).OfType<OwnedIdentity>()];

        var known = (await ShowCustomer.FindManyAsync([.. owned.Values.Select(o => o.CustomerId).Distinct()], db, ct)).ToDictionary(c => c.Id);
        foreach (var plan in plans)
        {
            var before = rehearsal?.Concerns(plan) == true ? rehearsal : null;
            if (before is not null) plan.Owned = CustomerRehearsal.OwnersOf(plan, before);
            Decide(plan, [.. plan.Owned.Select(o => o.CustomerId).Distinct().Select(id => (before is null ? null : CustomerRehearsal.Find(id, before)) ?? known.GetValueOrDefault(id)).OfType<Customer>()], terms);
            if (before is not null && plan.Current is { } current) plan.TagsBefore = CustomerRehearsal.TagsOf(current.Id, before);
            if (plan.SaysMore && plan.Outcome != ImportOutcome.Conflict && plan.Reason != "exists") await extras.DecideAsync(plan, ct);
            if (before is not null) CustomerRehearsal.Keep(plan, before);
        }
    }

    public async Task WriteAsync(IReadOnlyList<RowPlan> rows, RunTerms terms, bool isCareful, CancellationToken ct)
    {
        var certain = isCareful ? [] : rows.OfType<CustomerPlan>().Where(plan => plan is { Outcome: ImportOutcome.Create, IsCertain: true, SaysMore: false }).ToArray();
        await load.AddAsync(Array.ConvertAll(certain, plan => plan.Loaded!), ct);
        foreach (var plan in certain) (plan.ResourceId, plan.WrittenAt) = (plan.Loaded!.Customer.Id.ToBytes(), plan.Loaded.Customer.UpdatedAt);

        // One that an earlier row is about too is looked at again even if it was to be left out: that row may have changed what it says.
        foreach (var plan in rows.OfType<CustomerPlan>().Where(plan => plan.Details is not null && (!plan.IsCertain || plan.Outcome == ImportOutcome.Update || (plan.Outcome == ImportOutcome.Create && (isCareful || plan.SaysMore)))))
            await WriteOneAsync(plan, terms, ct);
    }

    public Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct) => restoring.TakeBackAsync(rows, ct);

    /// <summary>Pure.</summary>
    private void Decide(CustomerPlan plan, IReadOnlyList<Customer> owners, RunTerms terms)
    {
        (plan.Loaded, plan.Current, plan.Changes, plan.Reason) = (null, null, [], null);
        plan.Errors.Clear(); // found when it was looked at ahead, and perhaps of what it no longer does
        if (owners.Count == 0)
        {
            plan.Outcome = ImportOutcome.Create;
            plan.Loaded = LoadedCustomer.Of(plan.Details!, plan.Identities, clock.GetUtcNow());
            return;
        }
        plan.ResourceId = owners[0].Id.ToBytes();
        if (owners.Count > 1)
        {
            (plan.Outcome, plan.Reason) = (ImportOutcome.Conflict, "several_customers");
            return;
        }
        plan.Current = owners[0];
        plan.Changes =
        [
            .. CustomerColumns.Differences(plan.Current, plan.Details!.ApplyTo(plan.Current)),
            .. plan.Identities.Where(i => plan.Owned.All(o => o.Identifier != i.Identifier)).Select(i => CustomerColumns.Added(i.Identifier)),
        ];
        (plan.Outcome, plan.Reason) = terms.OnMatch == MatchPolicy.Skip ? (ImportOutcome.Skip, "exists") : plan.Changes.Count == 0 ? (ImportOutcome.Skip, "unchanged") : (ImportOutcome.Update, null);
        if (plan.Outcome == ImportOutcome.Skip) plan.Changes = [];
    }

    // Decided again, by what the transaction sees: an earlier row of the file or somebody else may have written meanwhile.
    private async Task WriteOneAsync(CustomerPlan plan, RunTerms terms, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await DecideAsync([plan], terms, rehearsal: null, ct);
            if (plan.Outcome == ImportOutcome.Update)
            {
                await writer.ChangeAsync(plan.Current!, plan.Details!, ct);
                await finder.AttachAsync(plan.Current!.Id, plan.Identities, plan.Owned, ct);
                await extras.PutTagsAsync(plan, plan.Current.Id, ct);
                plan.WrittenAt = (await ShowCustomer.FindAsync(plan.Current.Id, db, ct)).UpdatedAt;
                return;
            }
            if (plan.Outcome != ImportOutcome.Create) return;
            if (await writer.TryAddAsync(plan.Details!, plan.Identities, "", ct) is { } added)
            {
                await extras.PutTagsAsync(plan, added.Id, ct);
                (plan.ResourceId, plan.WrittenAt) = (added.Id.ToBytes(), added.UpdatedAt);
                return;
            }
            if (attempt < Attempts) continue;
            (plan.Outcome, plan.Reason) = (ImportOutcome.Conflict, "changed_meanwhile");
            return;
        }
    }
}
