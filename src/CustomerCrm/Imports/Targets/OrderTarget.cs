using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Customers.Identities;
using CustomerCrm.Imports.Files;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Orders;
using CustomerCrm.Orders.External;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tags;

namespace CustomerCrm.Imports.Targets;

/// <summary>Rows that become orders: one each, or several below each other one of several lines. Stated again, an order is changed.</summary>
internal sealed class OrderTarget(OrderIntake intake, OrderReader reader, OrderRestoring restoring, RowCustomers customers, MadeCustomers made, KnownCustomFields known, TagChanges tags) : SingleRows<UpsertOrders.Item>
{
    public override ImportResource Resource => ImportResource.Orders;
    public override string Scope => "orders:write";

    public override async ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct) => [.. OrderColumns.All, TagChanges.Column, .. OwnColumns.Of(await known.OfAsync(CustomFieldResource.Orders, ct))];

    public override FileRows Join(FileRows rows, RowReading reading) => OrderColumns.MayTakeSeveralRows(reading.Places) ? new OrderRows(rows, reading.Places) : rows;
    public override FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) => OrderColumns.WhatLacks(mapping);
    public override void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells) => OrderColumns.Compose(json, cells);

    protected override FieldError? Check(ref UpsertOrders.Item request, IReadOnlyList<(RowReading.Place Place, string? Value)> said) => OrderTotal.Check(ref request, OrderColumns.TotalIn(said));

    protected override object KeyOf(UpsertOrders.Item request) => $"{request.Source}|{request.ExternalId}";

    protected override IEnumerable<object> NamesOf(UpsertOrders.Item request, RunTerms terms) =>
        request.Customer is { } customer ? [KeyOf(request), .. IdentityList.Read(customer, terms.Country, "").Identities.Select(i => i.Identifier)] : [KeyOf(request)];

    protected override async Task DecideAsync(Planned plan, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct)
    {
        var external = ExternalOrder.Of(plan.Request.Source, plan.Request.ExternalId);
        var orderId = await reader.FindIdAsync(external, ct);
        var rehearsed = rehearsal?.Find<State>(KeyOf(plan.Request));
        var before = rehearsed?.Order ?? (orderId is { } there ? await reader.FindAsync(there, ct) : null);
        (plan.ResourceId, plan.Changes, plan.Along) = (orderId?.ToBytes(), [], []);
        (plan.Outcome, plan.Reason) = before is null ? (ImportOutcome.Create, null)
            : terms.OnMatch == MatchPolicy.Skip ? (ImportOutcome.Skip, "exists")
            : plan.Request.SourceUpdatedAt < before.SourceUpdatedAt ? (ImportOutcome.Skip, "stale")
            : (ImportOutcome.Update, orderId is null ? "repeats_earlier_row" : null);
        if (plan.Outcome == ImportOutcome.Skip) return;

        // What is not right is refused here, before anything is written.
        var after = await intake.ForeseeAsync(plan.Request, external, before, ct);
        var whose = await customers.FindAsync(plan.Request.CustomerId, plan.Request.Customer, rehearsal, ct) ?? new RowCustomer(after.CustomerId, rehearsed is { IsOfSomebodyNew: true });
        var (added, wrong) = await tags.MissingAsync(OrderTags.Owner, orderId?.Value, plan.Tags, rehearsed?.Tags ?? [], ct);
        plan.Along = wrong is null ? added : throw ApiProblem.Invalid(wrong);
        after = after with { CustomerId = whose.Id };
        if (before is not null) plan.Changes = [.. MemberChanges.Between(before, after).Select(change => Shown(change, rehearsed, whose)), .. added];
        if (plan is { Outcome: ImportOutcome.Update, Changes.Count: 0 })
        {
            (plan.Outcome, plan.Reason) = (ImportOutcome.Skip, "unchanged");
            return;
        }
        if (rehearsal is null) return;
        rehearsal.KeepIfNeeded(KeyOf(plan.Request), new State(after, whose.IsNew, [.. rehearsed?.Tags ?? [], .. TagChanges.Of(added)]));
        RowCustomers.Keep(whose, rehearsal);
    }

    protected override async Task WriteAsync(Planned plan, CancellationToken ct)
    {
        var external = ExternalOrder.Of(plan.Request.Source, plan.Request.ExternalId);
        var before = plan.Outcome == ImportOutcome.Update ? await reader.FindAsync(Id<Order>.FromBytes(plan.ResourceId!), ct) : null;
        var (customerId, also) = await made.FindOrMakeAsync(plan.Request.CustomerId, plan.Request.Customer, ct);
        plan.Along = [.. plan.Along, .. also];
        var told = await intake.UpsertAsync(plan.Request with { CustomerId = customerId, Customer = null }, external, ifMatch: null, ct);
        var after = await reader.FindAsync(told.Id, ct);
        (plan.ResourceId, plan.WrittenAt) = (after.Id.ToBytes(), after.UpdatedAt);
        if (before is not null) plan.Changes = [.. MemberChanges.Between(before, after), .. plan.Along];
        if (await tags.PutOnAsync(OrderTags.Owner, after.Id.Value, plan.Along, ct) is { } full) plan.Note(full);
    }

    public override async Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct)
    {
        var done = new bool[rows.Count];
        foreach (var (i, row) in rows.Index()) done[i] = await restoring.TakeBackAsync(row, ct);
        return done;
    }

    // Who is not there yet has no id to show.
    private static FieldChange Shown(FieldChange change, State? before, RowCustomer whose) => change.Field != "customer_id" ? change
        : change with { From = before is { IsOfSomebodyNew: true } ? null : change.From, To = whose.IsNew ? null : change.To };

    /// <summary>An order as a dry run would have left it by now.</summary>
    private sealed record State(Order Order, bool IsOfSomebodyNew, IReadOnlyCollection<string> Tags);
}
