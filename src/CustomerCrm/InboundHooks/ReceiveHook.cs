using System.Text;
using CustomerCrm.InboundHooks.Deliveries;
using CustomerCrm.InboundHooks.Mapping;
using CustomerCrm.Platform.Access.Links;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Tenancy;

namespace CustomerCrm.InboundHooks;

/// <summary>
/// POST /v1/hooks/{token}, outside: what is sent is on the disk before anything is answered, and then applied at once. The sender is told 2xx also where it is
/// refused, for sending it again would change nothing; the owner sees it in the log and is told by an event.
/// </summary>
public static class ReceiveHook
{
    internal const int MostBytes = 256 << 10;

    /// <summary>What became of what was sent.</summary>
    public sealed record Receipt
    {
        public required Id<HookDelivery> DeliveryId { get; init; }

        /// <summary>applied, refused, ignored, waiting, received, or duplicate.</summary>
        public required string Outcome { get; init; }
    }

    internal static async Task<IResult> Handle(
        string token, HttpContext http, EntryTokens entry, TenantDb db, CurrentTenant tenant, SecretBox box, DeliveryLog deliveries, DeliverySettling settling, CancellationToken ct)
    {
        if (await entry.EnterAsync(http, EntryKind.InboundHook, MaskedPaths.TokenOf(http) ?? token, ct) is not { } owner) throw ApiProblem.NotFound("hook");
        var hook = await db.FindAsync<InboundHook>(Enabled, new { HookId = owner.ToByteArray(bigEndian: true) }, ct) ?? throw ApiProblem.NotFound("hook");
        var body = await DeliveryBody.ReadAsync(http.Request, MostBytes, ct);
        if (hook.Signature is { } how && !HookSecret.Signs(box.Open(hook.SecretBox!, InboundHook.PlaceOf(tenant.Id, hook.Id)), body, how, http.Request.Headers[how.Header]))
            throw ApiProblem.Forbidden("signature_invalid", "The body is not signed as this hook asks for.");

        var mapping = hook.Mapping;
        var text = DeliveryBody.TextOf(body, http.Request.ContentType);
        var headers = NamedHeaders(mapping, http.Request.Headers);
        var incoming = new IncomingDelivery(EntryKind.InboundHook, owner, SameAs(mapping.Dedupe, headers, text), Topic: null, text, headers);
        return await AnswerAsync(incoming, deliveries, settling, ct);
    }

    internal static async Task<IResult> AnswerAsync(IncomingDelivery incoming, DeliveryLog deliveries, DeliverySettling settling, CancellationToken ct)
    {
        var (id, isDuplicate) = await deliveries.StoreAsync(incoming, ct);
        if (isDuplicate) return TypedResults.Ok(new Receipt { DeliveryId = id, Outcome = "duplicate" });
        var outcome = await settling.SettleAsync(id, ct) ?? DeliveryOutcome.Received;
        var receipt = new Receipt { DeliveryId = id, Outcome = StrictJson.NameOf(outcome) };
        return outcome is DeliveryOutcome.Applied or DeliveryOutcome.Ignored ? TypedResults.Ok(receipt) : TypedResults.Json(receipt, statusCode: StatusCodes.Status202Accepted);
    }

    private static Dictionary<string, string> NamedHeaders(HookMapping mapping, IHeaderDictionary sent)
    {
        var named = mapping.Targets.SelectMany(target => Within(target.Fields)).Select(field => field.Header).Append(mapping.Dedupe?.Header).OfType<string>().Select(name => name.ToLowerInvariant()).Distinct();
        return named.Where(name => sent[name].Count > 0).ToDictionary(name => name, name => sent[name].ToString());
    }

    private static IEnumerable<FieldMapping> Within(IEnumerable<FieldMapping> fields) => fields.SelectMany(field => Within(field.Each?.Fields ?? []).Prepend(field));

    /// <summary>Pure: what makes it the same as another.</summary>
    internal static string SameAs(DedupeRule? rule, IReadOnlyDictionary<string, string> headers, string body)
    {
        if (rule?.Header is { } header && headers.GetValueOrDefault(header.ToLowerInvariant()) is { Length: > 0 } sent) return $"header:{sent}";
        if (rule?.Pointer is { } pointer)
        {
            try
            {
                using var payload = DeliveryBody.Read(body);
                if (PayloadPointer.Find(payload.RootElement, pointer) is { } value && !MappedValue.IsBlank(value)) return $"pointer:{MappedValue.TextOf(value)}";
            }
            catch (DeliveryRefusal)
            {
                // It is no JSON, and is kept as such.
            }
        }
        return $"body:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
    }

    private static readonly TenantSql Enabled = InboundHook.Matching.Then("AND h.Id = @HookId AND h.IsEnabled = 1");
}
