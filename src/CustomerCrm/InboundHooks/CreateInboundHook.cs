using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Idempotency;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Platform.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CustomerCrm.InboundHooks;

/// <summary>POST /inbound_hooks: an address that is shown once.</summary>
public static class CreateInboundHook
{
    internal const int MostHooks = 50;

    public sealed record Request : IValidatableObject
    {
        /// <example>Till in the shop</example>
        [StringLength(200, MinimumLength = 1)] public required string Name { get; init; }

        public required HookMapping Mapping { get; init; }

        public bool IsQuiet { get; init; }

        /// <summary>Only what is signed so is taken.</summary>
        public HookSignature? Signature { get; init; }

        /// <summary>What it is signed with. Never shown again.</summary>
        [StringLength(200, MinimumLength = 8)] public string? Secret { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Signature is null != Secret is null) yield return new BrokenRule("both_needed", "A signature and its secret belong together.", Secret is null ? nameof(Secret) : nameof(Signature));
        }
    }

    /// <summary>A hook with its address, which only this answer holds.</summary>
    public sealed record Response : InboundHook, IHoldsSecret
    {
        public Response() { }

        [SetsRequiredMembers]
        internal Response(InboundHook hook) : base(hook) { }

        /// <summary>Where the other system posts to. Whoever knows it can post. Null in the replay of a repeated request: it is not kept.</summary>
        /// <example>https://crm.example.com/v1/hooks/4Yv0yqbmR2aSGjPz1vUuQbVUHZoaZlXz8eQqYJtQm3w</example>
        public string? Url { get; init; }

        public object WithoutSecret() => this with { Url = null };
    }

    internal static async Task<Created<Response>> Handle(
        Request request, TenantDb db, CurrentTenant tenant, SecretBox box, EntryTokenWriter tokens, HookMappingWriter mappings, IOptions<PublicOptions> options, EventLog events, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync<int>(CountAll, null, ct) >= MostHooks) throw ApiProblem.Conflict("too_many_hooks", $"There are at most {MostHooks} hooks. Delete one first.");
        var (id, now) = (Id<InboundHook>.New(), clock.GetUtcNow());
        var token = await tokens.AddAsync(EntryKind.InboundHook, id.Value, ct);
        await db.ExecuteAsync(Insert, new
        {
            Id = id,
            request.Name,
            request.IsQuiet,
            TokenHint = EntryTokenWriter.HintOf(token),
            SignatureText = request.Signature is null ? null : JsonSerializer.Serialize(request.Signature, StrictJson.Options),
            SecretBox = request.Secret is null ? null : box.Seal(request.Secret, InboundHook.PlaceOf(tenant.Id, id)),
            Now = now,
        }, ct);
        await mappings.AddAsync(id, 1, request.Mapping, ct);
        var hook = await InboundHook.FindAsync(id, db, ct);
        events.Record("inbound_hook.created", hook);
        return TypedResults.Created($"/v1/inbound_hooks/{id}", new Response(hook) { Url = UrlOf(token, options.Value) });
    }

    internal static string UrlOf(string token, PublicOptions options) => $"{options.BaseUrl.TrimEnd('/')}/v1/hooks/{token}";

    private static readonly TenantSql CountAll = TenantSql.CountHeld("InboundHooks");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO InboundHooks (TenantId, Id, Name, IsEnabled, IsQuiet, TokenHint, SignatureText, SecretBox, MappingVersion, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Name, 1, @IsQuiet, @TokenHint, @SignatureText, @SecretBox, 1, 1, @Now, @Now)
        """);
}
