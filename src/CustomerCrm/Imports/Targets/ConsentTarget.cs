using System.Text.Json;
using CustomerCrm.Consents;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Imports.Mapping;
using CustomerCrm.Imports.Running;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Imports.Targets;

/// <summary>
/// Rows that become entries of the ledger of consents, with their dates and proof: what is older than what is known changes nothing that holds. The ledger only grows,
/// so undo takes nothing back of it.
/// </summary>
internal sealed class ConsentTarget(ConsentWriter writer, CustomerFinder finder, RowCustomers customers) : SingleRows<ImportedConsent>
{
    private const string Proof = "proof.";
    private static readonly string[] needed = ["purpose", "channel", "state"];

    public override ImportResource Resource => ImportResource.Consents;
    public override string Scope => "consents:write";

    public override ValueTask<IReadOnlyList<ImportField>> FieldsAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<ImportField>>(all);

    private static readonly ImportField[] all =
    [
        .. NestedCustomer.Fields,
        new("purpose", FieldForm.Text, "zweck"),
        new("channel", FieldForm.Text, "kanal", "medium"),
        new("topic", FieldForm.Text, "list", "newsletter", "thema", "liste"),
        new("state", FieldForm.Text, "status", "consent", "subscribed", "optin", "einwilligung"),
        new("legal_basis", FieldForm.Text, "legalbasis", "rechtsgrundlage"),
        new("occurred_at", FieldForm.Time, "date", "time", "datetime", "timestamp", "createdat", "optintime", "confirmtime", "datum", "zeitpunkt"),
        new("expires_at", FieldForm.Time, "expires", "validuntil", "ablauf"),
        new("external_id", FieldForm.Text, "id", "consentid") { NeedsSource = true },
        new("proof.text", FieldForm.Text, "text", "consenttext", "wortlaut"),
        new("proof.form", FieldForm.Text, "form", "formular"),
        new("proof.url", FieldForm.Text, "url", "page", "seite"),
        new("proof.ip", FieldForm.Text, "ip", "ipaddress", "optinip", "confirmip"),
        new("reason", FieldForm.Text, "unsubscribereason", "grund"),
    ];

    public override FieldError? WhatLacks(IReadOnlyList<ColumnMapping> mapping) =>
        !NestedCustomer.SaysWhose(mapping) ? new FieldError("/mapping", "identity_needed", "A column must say whose it is: customer.email, customer.phone, customer.external_id or customer_id.")
        : needed.All(one => mapping.Any(m => m.Field == one)) ? null
        : new FieldError("/mapping", "required", "Columns must say the purpose, the channel and the state.");

    public override void Compose(Utf8JsonWriter json, IReadOnlyList<(RowReading.Place Place, string? Value)> cells)
    {
        json.WriteStartObject();
        NestedCustomer.Write(json, cells);
        foreach (var (place, value) in cells.Where(c => !NestedCustomer.IsOne(c.Place.Field) && !IsProof(c.Place)))
        {
            if (place.Field.NeedsSource) json.WriteString("source", place.Mapping.Source);
            RowReading.Write(json, place.Field.Name, place.Field.Form, place.Field.Name is "purpose" or "channel" or "state" or "legal_basis" ? Word(place.Field.Name, value) : value);
        }
        if (cells.Any(c => IsProof(c.Place)))
        {
            json.WriteStartObject("proof");
            foreach (var (place, value) in cells.Where(c => IsProof(c.Place))) RowReading.Write(json, place.Field.Name[Proof.Length..], place.Field.Form, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    protected override object? KeyOf(ImportedConsent request) => KeyOf(request.Change(default));

    private static string? KeyOf(ConsentChange change) => change.ExternalId is null ? null : $"{change.Source}|{change.ExternalId}";

    protected override async Task DecideAsync(Planned plan, RunTerms terms, Rehearsal? rehearsal, CancellationToken ct)
    {
        (plan.Outcome, plan.Reason, plan.ResourceId) = (ImportOutcome.Create, null, null);
        var change = plan.Request.Change(plan.Request.CustomerId ?? default);
        await writer.CheckAsync(change, ct); // what is not right is refused here
        var (key, known) = (KeyOf(change), await writer.KnownAsync(change, ct));
        if (known is not null || (key is not null && rehearsal?.Find<object>(key) is not null)) (plan.Outcome, plan.Reason, plan.ResourceId) = (ImportOutcome.Skip, "exists", known?.Id.ToBytes());
        else
        {
            await customers.FindAsync(plan.Request.CustomerId, plan.Request.Customer, rehearsal: null, ct);
            if (key is not null) rehearsal?.Keep(key, key);
        }
    }

    protected override async Task WriteAsync(Planned plan, CancellationToken ct)
    {
        var customerId = plan.Request.CustomerId ?? await finder.FindOrCreateAsync(plan.Request.Customer!, "/customer", ct);
        var (status, entry) = await writer.RecordAsync(plan.Request.Change(customerId), ct);
        plan.ResourceId = entry.Id.ToBytes();
        if (status == StatusCodes.Status201Created) plan.WrittenAt = entry.RecordedAt;
        else (plan.Outcome, plan.Reason) = (ImportOutcome.Skip, "exists");
    }

    public override Task<IReadOnlyList<bool>> TakeBackAsync(IReadOnlyList<WrittenRow> rows, CancellationToken ct) => Task.FromResult<IReadOnlyList<bool>>(new bool[rows.Count]);

    private static bool IsProof(RowReading.Place place) => place.Field.Name.StartsWith(Proof, StringComparison.Ordinal);

    // As those say it whose exports such files are.
    private static string? Word(string field, string? value) => (field, value?.ToLowerInvariant()) switch
    {
        ("state", "subscribed" or "opted_in" or "opt-in" or "optin" or "yes" or "true" or "1" or "ja") => "granted",
        ("state", "unsubscribed" or "opted_out" or "opt-out" or "optout" or "no" or "false" or "0" or "nein") => "withdrawn",
        ("channel", "e-mail" or "mail") => "email",
        (_, var word) => word,
    };
}
