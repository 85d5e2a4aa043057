using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.InboundHooks.Writing;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.InboundHooks;

/// <summary>
/// POST /inbound_hooks/{inbound_hook_id}/try: what would become of a payload. It is written in a transaction that is undone, by the very code that a delivery
/// goes through, so what a try shows is what will be.
/// </summary>
public static class TryInboundHook
{
    public sealed record Request
    {
        /// <summary>As the other system would send it.</summary>
        /// <example>{"id":1042,"buyer":{"mail":"ada@example.com"},"items":[{"title":"House blend","count":2,"price":"36.90"}]}</example>
        [Required] public JsonElement? Payload { get; init; }

        /// <summary>Headers that it would come with.</summary>
        /// <example>{"x-event-id":"evt-1"}</example>
        [MaxLength(50)] public IReadOnlyDictionary<string, string>? Headers { get; init; }

        /// <summary>Instead of the hook's own: before it is saved.</summary>
        public HookMapping? Mapping { get; init; }
    }

    public sealed record Answer
    {
        /// <summary>What it would come to: applied, refused or ignored.</summary>
        public required DeliveryOutcome Outcome { get; init; }

        /// <summary>Each body the API would have been sent, with what it would do or why it is refused.</summary>
        public required IReadOnlyList<MappedItem> Items { get; init; }

        /// <summary>What is wrong with the payload as a whole.</summary>
        public IReadOnlyList<DeliveryError> Errors { get; init; } = [];
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "inbound_hook_id")] Id<InboundHook> hookId, Request request, TenantDb db, TenantScopes scopes, CancellationToken ct)
    {
        var hook = await InboundHook.FindAsync(hookId, db, ct);
        var headers = (request.Headers ?? new Dictionary<string, string>()).GroupBy(h => h.Key.ToLowerInvariant()).ToDictionary(h => h.Key, h => h.First().Value);
        IReadOnlyList<MappedItem> items = [];
        await using var scope = scopes.Create();
        try
        {
            await scope.ServiceProvider.GetRequiredService<TenantDb>().InTransactionAsync(async () =>
            {
                items = await scope.ServiceProvider.GetRequiredService<HookRun>().RunAsync(request.Mapping ?? hook.Mapping, request.Payload!.Value, headers, ct);
                throw new UndoneException();
            }, ct);
        }
        catch (UndoneException)
        {
            // As it is meant: nothing of it is left.
        }
        catch (DeliveryRefusal refusal)
        {
            return new Answer { Outcome = DeliveryOutcome.Refused, Items = items, Errors = refusal.Errors };
        }
        var outcome = items.Any(item => item.Errors.Count > 0) ? DeliveryOutcome.Refused : items.Count == 0 ? DeliveryOutcome.Ignored : DeliveryOutcome.Applied;
        return new Answer { Outcome = outcome, Items = [.. items.Select(WithoutNewId)] };
    }

    // The id of what was not created is nobody's.
    private static MappedItem WithoutNewId(MappedItem item) => item.Written is { Outcome: "created" } written ? item with { Written = written with { Id = null } } : item;

    private sealed class UndoneException : Exception;
}
