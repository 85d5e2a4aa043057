using System.ComponentModel.DataAnnotations;
using CustomerCrm.InboundHooks;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Storefronts;

/// <summary>PATCH and DELETE /storefronts/{storefront_id}, and another address for it.</summary>
public static class ChangeStorefront
{
    public sealed record Request
    {
        /// <example>Shop in Vienna</example>
        [Required, StringLength(200, MinimumLength = 1)] public Change<string> Name { get; init; }

        [Required] public Change<StorefrontStatus> Status { get; init; }

        /// <summary>What the shop signs with from now on.</summary>
        [Required, StringLength(200, MinimumLength = 8)] public Change<string> Secret { get; init; }

        /// <example>acme.myshopify.com</example>
        [StringLength(253, MinimumLength = 3)] public Change<string> Domain { get; init; }
    }

    internal static async Task<Storefront> Handle(
        [FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, Request request, IfMatch ifMatch, TenantDb db, CurrentTenant tenant, SecretBox box, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Storefront.FindAsync(storefrontId, db, ct);
        ifMatch.Check(current.Revision);
        await UpdateAsync(current with
        {
            Name = request.Name.Or(current.Name)!,
            Status = request.Status.Or(current.Status),
            Domain = request.Domain.Or(current.Domain)?.ToLowerInvariant(),
            SecretBox = request.Secret is { IsSet: true, Value: { } secret } ? box.Seal(secret, Storefront.PlaceOf(tenant.Id, storefrontId)) : current.SecretBox,
        }, db, clock, ct);
        var after = await Storefront.FindAsync(storefrontId, db, ct);
        events.Record("storefront.updated", after);
        return after;
    }

    internal static async Task<CreateStorefront.Response> Rotate(
        [FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, RotateInboundHook.Request? request, IfMatch ifMatch, TenantDb db, EntryTokenWriter tokens, IOptions<PublicOptions> options, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        var current = await Storefront.FindAsync(storefrontId, db, ct);
        ifMatch.Check(current.Revision);
        var token = await tokens.ReplaceAsync(EntryKind.Storefront, storefrontId.Value, clock.GetUtcNow().AddHours((request ?? new RotateInboundHook.Request()).FormerHours), ct);
        await UpdateAsync(current with { TokenHint = EntryTokenWriter.HintOf(token) }, db, clock, ct);
        var after = await Storefront.FindAsync(storefrontId, db, ct);
        events.Record("storefront.rotated", after);
        return new CreateStorefront.Response(after) { Url = CreateStorefront.UrlOf(current.Kind, token, options.Value) };
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "storefront_id")] Id<Storefront> storefrontId, IfMatch ifMatch, TenantDb db, EntryTokenWriter tokens, ReceiverDeliveries deliveries, EventLog events, CancellationToken ct)
    {
        var current = await Storefront.FindAsync(storefrontId, db, ct);
        ifMatch.Check(current.Revision);
        await tokens.RemoveAsync(storefrontId.Value, ct);
        await deliveries.RemoveAsync(storefrontId.Value, ct);
        await db.ExecuteAsync(Delete, new { StorefrontId = storefrontId }, ct);
        events.Record("storefront.deleted", current);
        return TypedResults.NoContent();
    }

    /// <exception cref="ApiProblem">412: somebody else changed it since it was read.</exception>
    internal static async Task UpdateAsync(Storefront changed, TenantDb db, TimeProvider clock, CancellationToken ct)
    {
        var row = new { changed.Id, changed.Name, Status = (int)changed.Status, changed.Domain, changed.SecretBox, changed.TokenHint, changed.Revision, Now = clock.GetUtcNow() };
        if (await db.ExecuteAsync(Update, row, ct) == 0) throw ApiProblem.PreconditionFailed();
    }

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Storefronts
        SET Name = @Name, Status = @Status, Domain = @Domain, SecretBox = @SecretBox, TokenHint = @TokenHint, Revision = Revision + 1, UpdatedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);

    private static readonly TenantSql Delete = TenantSql.Of("DELETE FROM Storefronts WHERE TenantId = @TenantId AND Id = @StorefrontId");
}
