using System.Diagnostics.CodeAnalysis;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Platform.Data;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Storefronts;

/// <summary>GET /storefronts/{storefront_id}</summary>
public static class ShowStorefront
{
    /// <summary>A storefront, and how much came in.</summary>
    public sealed record Answer : Storefront
    {
        public Answer() { }

        [SetsRequiredMembers]
        internal Answer(Storefront storefront) : base(storefront) { }

        /// <summary>Deliveries of the last 30 days, by what became of them.</summary>
        /// <example>{"applied":1204,"ignored":3}</example>
        public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, TenantDb db, ReceiverDeliveries deliveries, CancellationToken ct)
    {
        var storefront = await Storefront.FindAsync(storefrontId, db, ct);
        return new Answer(storefront) { Counts = await deliveries.CountsAsync(storefrontId.Value, ct) };
    }
}
