using System.Text.Json;
using CustomerCrm.CustomFields;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>Rows that become interactions. One that is known by its source and external id is left out: what was said does not change.</summary>
internal sealed class InteractionTarget(TenantDb db, InteractionWriter writer, RowCustomers customers, MadeCustomers made, CustomFieldReader fields, KnownCustomFields known, TimeProvider clock) : SingleRows<RecordInteraction.Request>
{
    public override ImportResource Resource => ImportResource.Interactions;
    public override string Scope => "interactions:write";

    public override async ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct) => [.. all, .. OwnColumns.Of(await known.OfAsync(CustomFieldResource.Interactions, ct))];

    private static readonly ImportField[] all =
    [
        .. NestedCustomer.Fields,
        new("channel", FieldForm.Text, "kanal", "medium"),
        new("direction", FieldForm.Text, "richtung"),
        new("occurred_at", FieldForm.Time, "date", "time", "datetime", "timestamp", "createdat", "datum", "fecha", "zeitpunkt"),
        new("agent", FieldForm.Text, "employee", "mitarbeiter", "owner", "user", "bearbeiter"),
        new("subject", FieldForm.Text, "title", "betreff", "asunto", "objet"),
        new("body", FieldForm.Text, "text", "message", "content", "notes", "note", "nachricht", "beschreibung", "description"),
        new("outcome", FieldForm.Text, "result", "ergebnis"),
        new("duration_seconds", FieldForm.Whole, "duration", "seconds", "dauer"),
        new("external_id", FieldForm.Text, "id", "interactionid", "ticketid", "messageid") { NeedsSource = true },
    ];

    public override FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) =>
        !NestedCustomer.SaysWhose(mapping) ? new FieldError("/mapping", "identity_needed", "A column must say whose it is: customer.email, customer.phone, customer.external_id or customer_id.")
        : mapping.Any(m => m.Field == "channel") && mapping.Any(m => m.Field == "direction") ? null
        : new FieldError("/mapping", "required", "Columns must say the channel and the direction.");

    public override void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        json.WriteStartObject();
        NestedCustomer.Write(json, cells);
        OwnColumns.Write(json, cells);
        foreach (var (place, value) in cells.Where(c => !NestedCustomer.IsOne(c.Place.Field) && !OwnColumns.IsOne(c.Place.Field)))
        {
            if (place.Field.NeedsSource) json.WriteString("source", place.Mapping.Source);
            RowReading.Write(json, place.Field.Name, place.Field.Form, place.Field.Name is "channel" or "direction" ? Word(value) : value);
        }
        json.WriteEndObject();
    }

    // As those say it whose exports such files are.
    private static string? Word(string? value) => value?.ToLowerInvariant() switch
    {
        "e-mail" or "mail" => "email",
        "call" or "phone call" or "telephone" or "telefon" or "anruf" => "phone",
        "meeting" or "in person" or "visit" or "besuch" => "in_person",
        "incoming" or "in" or "received" or "eingehend" => "inbound",
        "outgoing" or "out" or "sent" or "ausgehend" => "outbound",
        var word => word,
    };

    protected override object? KeyOf(RecordInteraction.Request request) => request.ExternalId is null ? null : $"{request.Source}|{request.ExternalId}";

    protected override async Task DecideAsync(Planned plan, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct)
    {
        (plan.Outcome, plan.Reason, plan.ResourceId) = (ImportOutcome.Create, null, null);
        InteractionTime.Of(plan.Request.OccurredAt, clock.GetUtcNow()); // what is not right is refused here, and below
        var (key, there) = (KeyOf(plan.Request), await writer.KnownAsync(plan.Request, ct));
        if (there is not null || (key is not null && rehearsal?.Find<object>(key) is not null)) (plan.Outcome, plan.Reason, plan.ResourceId) = (ImportOutcome.Skip, "exists", there?.Id.ToBytes());
        else
        {
            await fields.ReadAsync(CustomFieldResource.Interactions, plan.Request.CustomFields, CustomFieldValues.None, "", ct);
            await customers.FindAsync(plan.Request.CustomerId, plan.Request.Customer, rehearsal: null, ct);
            if (key is not null) rehearsal?.Keep(key, key);
        }
    }

    protected override async Task WriteAsync(Planned plan, CancellationToken ct)
    {
        var (customerId, also) = await made.FindOrMakeAsync(plan.Request.CustomerId, plan.Request.Customer, ct);
        plan.Along = [.. also];
        var (status, interaction) = await writer.RecordAsync(plan.Request with { CustomerId = customerId, Customer = null }, ct);
        plan.ResourceId = interaction.Id.ToBytes();
        if (status == StatusCodes.Status201Created) plan.WrittenAt = interaction.UpdatedAt;
        else (plan.Outcome, plan.Reason) = (ImportOutcome.Skip, "exists");
    }

    public override async Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct)
    {
        var done = new bool[rows.Count];
        foreach (var (i, row) in rows.Index())
        {
            var current = await db.FindAsync<Interaction>(ShowInteraction.ById, new { InteractionId = Id<Interaction>.FromBytes(row.ResourceId) }, ct);
            if (current is { Revision: > 1 }) continue;
            if (current is not null) await writer.RemoveAsync(current, ct);
            done[i] = true;
        }
        return done;
    }
}
