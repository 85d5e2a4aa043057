using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Storefronts.News;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Storefronts;

/// <summary>POST /storefronts/{storefront_id}/backfill: the shop's history, in the shop's own JSON, without starting anything.</summary>
public static class BackfillStorefront
{
    public sealed record Request
    {
        [AnsweredByItem, MinLength(1), MaxLength(Batch.MostItems)]
        public required IReadOnlyList<Item> Items { get; init; }
    }

    /// <summary>A customer or an order of the past.</summary>
    public sealed record Item
    {
        public required BackfillKind Kind { get; init; }

        /// <summary>As the shop's own API shows it.</summary>
        /// <example>{"id":1042,"currency":"EUR","email":"ada@example.com","created_at":"2029-06-01T10:00:00Z","updated_at":"2029-06-01T10:05:00Z","financial_status":"paid","total_price":"36.90","line_items":[{"name":"House blend","quantity":1,"price":"36.90"}]}</example>
        [Required] public JsonElement? Data { get; init; }
    }

    public enum BackfillKind
    {
        Customer,
        Order,
    }

    internal static async Task<JsonHttpResult<BatchAnswer<Written>>> Handle(
        [FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, Request request, TenantDb db, StorefrontWriter writer, EventLog events, Caller caller, CancellationToken ct)
    {
        var shop = await Storefront.FindAsync(storefrontId, db, ct);
        caller.ActAs(new Actor(ActorKind.Hook, shop.Id.ToString(), shop.Name));
        events.IsQuiet = true;
        return await Batch.RunAsync(request.Items, async item =>
        {
            try
            {
                var written = item.Kind == BackfillKind.Customer
                    ? await writer.CustomerAsync(shop, item.Data!.Value, isRestored: false, ct)
                    : await writer.OrderAsync(shop, item.Data!.Value, isRestored: false, ct);
                return (written.Outcome == "created" ? StatusCodes.Status201Created : StatusCodes.Status200OK, written);
            }
            catch (DeliveryRefusal refusal)
            {
                throw ApiProblem.Invalid([.. refusal.Errors.Select(e => new FieldError($"/data{e.SourcePointer}", e.Code, e.Detail))]);
            }
        });
    }
}
