using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Interactions;

/// <summary>An interaction as it goes into the bin, and what is to be done when it is back.</summary>
internal sealed class InteractionRecord(TenantDb db, CustomerSeen seen, EventLog events) : IRestored
{
    public static RecordKind RecordKind { get; } = new("interaction", Interaction.Prefix,
    [
        new("Interactions", "Id") { Resource = "interaction", KnownBy = "ExternalId", Spare = new("external_id", "ExternalId", "ExternalKey", "Source"), PointsTo = new Dictionary<string, string> { ["CustomerId"] = "Customers" } },
        new("InteractionFields", "InteractionId"),
        new("InteractionFieldValues", "InteractionId") { PointsTo = new Dictionary<string, string> { ["FieldId"] = "CustomFields" } },
        new("InteractionSentiments", "InteractionId"),
    ]);

    public string Kind => RecordKind.Name;

    public async Task MendAsync(Guid recordId, bool isWhole, CancellationToken ct)
    {
        var interaction = await ShowInteraction.FindAsync(new Id<Interaction>(recordId), db, ct);
        await seen.RecountAsync(interaction.CustomerId, ct);
        events.Record("interaction.restored", interaction, interaction.CustomerId.Value);
    }
}
