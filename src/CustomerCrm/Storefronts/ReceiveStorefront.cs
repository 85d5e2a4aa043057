using System.Security.Cryptography;
using CustomerCrm.InboundHooks;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.Storefronts;

/// <summary>POST /v1/hooks/shopify/{token} and /v1/hooks/woocommerce/{token}, outside: signed news of a shop, kept before it is answered.</summary>
internal static class ReceiveStorefront
{
    internal const int MostBytes = 1 << 20;

    internal static Task<IResult> Shopify(string token, HttpContext http, EntryTokens entry, TenantDb db, CurrentTenant tenant, SecretBox box, DeliveryLog deliveries, DeliverySettling settling, CancellationToken ct) =>
        HandleAsync(StorefrontKind.Shopify, ShopHeaders.Shopify, token, http, entry, db, tenant, box, deliveries, settling, ct);

    internal static Task<IResult> WooCommerce(string token, HttpContext http, EntryTokens entry, TenantDb db, CurrentTenant tenant, SecretBox box, DeliveryLog deliveries, DeliverySettling settling, CancellationToken ct) =>
        HandleAsync(StorefrontKind.Woocommerce, ShopHeaders.WooCommerce, token, http, entry, db, tenant, box, deliveries, settling, ct);

    private static async Task<IResult> HandleAsync(
        StorefrontKind kind, ShopHeaders names, string token, HttpContext http, EntryTokens entry, TenantDb db, CurrentTenant tenant, SecretBox box, DeliveryLog deliveries, DeliverySettling settling, CancellationToken ct)
    {
        if (await entry.EnterAsync(http, EntryKind.Storefront, MaskedPaths.TokenOf(http) ?? token, ct) is not { } owner) throw ApiProblem.NotFound("storefront");
        var storefront = await db.FindAsync<Storefront>(Active, new { StorefrontId = owner.ToByteArray(bigEndian: true), Kind = (int)kind }, ct) ?? throw ApiProblem.NotFound("storefront");
        var body = await DeliveryBody.ReadAsync(http.Request, MostBytes, ct);
        var sent = http.Request.Headers;
        string? topic = sent[names.Topic];
        // A shop that is told of the address asks whether it is there, unsigned and about nothing.
        if (topic is null && http.Request.HasFormContentType) return TypedResults.NoContent();
        if (!HookSecret.Signs(box.Open(storefront.SecretBox, Storefront.PlaceOf(tenant.Id, storefront.Id)), body, sent[names.Signature], SignatureEncoding.Base64))
            throw ApiProblem.Forbidden("signature_invalid", "The body is not signed with this storefront's secret.");
        if (storefront.Domain is { } domain && sent[names.Domain].ToString() is { Length: > 0 } from && !ShopDomain.IsOf(domain, from))
            throw ApiProblem.Forbidden("signature_invalid", "The body comes from another shop.");

        topic = topic is null ? "" : topic.Beginning(100);
        var same = sent[names.DeliveryId].ToString() is { Length: > 0 } id ? $"id:{id}" : $"body:{topic}:{Convert.ToHexString(SHA256.HashData(body))}";
        var headers = sent[names.At].ToString() is { Length: > 0 and < 100 } at ? new Dictionary<string, string> { ["at"] = at } : [];
        return await ReceiveHook.AnswerAsync(new IncomingDelivery(EntryKind.Storefront, owner, same, topic, DeliveryBody.TextOf(body, contentType: null), headers), deliveries, settling, ct);
    }

    private static readonly TenantSql Active = Storefront.Matching.Then("AND s.Id = @StorefrontId AND s.Kind = @Kind AND s.Status = 1");

    /// <summary>Where a platform says what about its webhook, by its documentation.</summary>
    private sealed record ShopHeaders(string Signature, string Topic, string DeliveryId, string At, string Domain)
    {
        public static ShopHeaders Shopify { get; } = new("X-Shopify-Hmac-Sha256", "X-Shopify-Topic", "X-Shopify-Webhook-Id", "X-Shopify-Triggered-At", "X-Shopify-Shop-Domain");
        public static ShopHeaders WooCommerce { get; } = new("X-WC-Webhook-Signature", "X-WC-Webhook-Topic", "X-WC-Webhook-Delivery-ID", "X-WC-Webhook-Triggered-At", "X-WC-Webhook-Source");
    }
}
