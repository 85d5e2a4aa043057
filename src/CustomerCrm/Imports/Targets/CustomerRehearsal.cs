using CustomerCrm.Customers;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Imports.Targets;

/// <summary>Customers as a dry run would have left them by now. Pure.</summary>
internal static class CustomerRehearsal
{
    /// <summary>Whose the row's identities would be by now.</summary>
    public static IReadOnlyList<OwnedIdentity> OwnersOf(CustomerPlan plan, Rehearsal rehearsal) =>
        [.. plan.Identities.Select(i => rehearsal.Find<OwnedIdentity>(i.Identifier) ?? plan.Owned.FirstOrDefault(o => o.Identifier == i.Identifier)).OfType<OwnedIdentity>()];

    /// <summary>Null: no row of the file would have made or changed this one.</summary>
    public static Customer? Find(Id<Customer> id, Rehearsal rehearsal) => rehearsal.Find<State>(id)?.Customer;

    public static IReadOnlyCollection<string> TagsOf(Id<Customer> id, Rehearsal rehearsal) => rehearsal.Find<State>(id)?.Tags ?? [];

    /// <summary>Remembers what a row that is decided would have done. Who is not there yet has no id to show.</summary>
    public static void Keep(CustomerPlan plan, Rehearsal rehearsal)
    {
        var before = plan.ResourceId is { } id ? rehearsal.Find<State>(Id<Customer>.FromBytes(id)) : null;
        if (before is { IsNew: true }) plan.ResourceId = null;
        if (plan.Outcome is not (ImportOutcome.Create or ImportOutcome.Update)) return;

        var was = plan.Outcome == ImportOutcome.Create ? plan.Loaded!.Customer : plan.Current!;
        var customer = (plan.Outcome == ImportOutcome.Create ? was : plan.Details!.ApplyTo(was)) with { CustomFields = plan.FieldsAfter ?? was.CustomFields };
        rehearsal.Keep(customer.Id, new State(customer, plan.Outcome == ImportOutcome.Create || before is { IsNew: true }, [.. before?.Tags ?? [], .. TagChanges.Of(plan.More)]));
        foreach (var identity in plan.Identities.Where(i => plan.Owned.All(o => o.Identifier != i.Identifier)))
            rehearsal.Keep(identity.Identifier, new OwnedIdentity(customer.Id, identity.Identifier, identity.IsVerified));
        if (before is { IsNew: true }) plan.Reason = "repeats_earlier_row";
    }

    /// <param name="Customer">As it would be.</param>
    /// <param name="IsNew">The file would have made it.</param>
    /// <param name="Tags">Those that the file would have put on.</param>
    private sealed record State(Customer Customer, bool IsNew, IReadOnlyCollection<string> Tags);
}
