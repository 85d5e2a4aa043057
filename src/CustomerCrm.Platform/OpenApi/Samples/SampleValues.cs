using System.Text;
using System.Text.Json.Nodes;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Platform.OpenApi.Samples;

/// <summary>
/// Believable values for the examples, by the name of the member. What is not believable for a member is better said
/// beside it, in an <c>example</c> tag of its comment.
/// </summary>
internal static class SampleValues
{
    private static readonly Dictionary<string, string> texts = new(StringComparer.Ordinal)
    {
        ["email"] = "ada@example.com", ["phone"] = "+436641234567", ["first_name"] = "Ada", ["last_name"] = "Lovelace", ["company"] = "Analytical Engines",
        ["language"] = "de-AT", ["locale"] = "de-AT", ["time_zone"] = "Europe/Vienna", ["country"] = "AT", ["region"] = "Vienna", ["city"] = "Vienna",
        ["postal_code"] = "1040", ["address"] = "Karlsplatz 1", ["currency"] = "EUR", ["week_start"] = "monday",
        ["external_id"] = "1001", ["source"] = "shopify", ["sku"] = "TEA-GREEN-250", ["subject"] = "Where is my order?", ["body"] = "It should have come on Monday.",
        ["agent"] = "grace@example.com", ["outcome"] = "resolved", ["title"] = "Green tea, 250 g", ["description"] = "Green tea, 250 g", ["reason"] = "Arrived damaged",
        ["note"] = "Prefers to be called in the afternoon.", ["url"] = "https://example.com/hooks", ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["cursor"] = "AbU5xk2mQn8", ["next_cursor"] = "AbU5xk2mQn8", ["after"] = "128", ["type"] = "customer.created", ["hint"] = "crm_live_…x4Q2", ["kind"] = "prune_events",
        ["last_error"] = "timeout", ["scope"] = "customers:read", ["scopes"] = "customers:read", ["q"] = "ada", ["kinds"] = "customer,interaction", ["method"] = "bg_nbd", ["value"] = "ada@example.com", ["detail"] = "A value is required.",
        ["pointer"] = "/email", ["code"] = "required", ["number"] = "2030-1001", ["key"] = "crm_live_" + "8Zk2fQ7mVn4LtX9cRb3WyH6sDp1GaJ" + "0KxPz2", ["name"] = "Ada Lovelace", ["id"] = "1042", ["model"] = "bg_nbd", ["definition"] = "Bought lately, often and for much",
    };

    /// <summary>Two for 12.50 each and 4.90 for shipping.</summary>
    private static readonly Dictionary<string, long> amounts = new(StringComparer.Ordinal)
    {
        ["unit_price_minor"] = 1250, ["lines_minor"] = 2500, ["shipping_minor"] = 490, ["total_minor"] = 2990, ["discount_minor"] = 0, ["tax_minor"] = 0,
        ["refunded_minor"] = 0, ["refunded_goods_minor"] = 0,
    };

    private static readonly Dictionary<string, string> names = new(StringComparer.Ordinal)
    {
        ["Tenant"] = "Acme Outdoor", ["Key"] = "Storefront", ["Segment"] = "Loyal customers", ["Line"] = "Green tea, 250 g", ["Me"] = "Storefront",
    };

    private static readonly HashSet<string> usuallyNull = new(StringComparer.Ordinal)
    {
        "next_cursor", "last_error", "failed_at", "revoked_at", "expires_at", "deleted_at", "cancelled_at", "cancellation_reason", "merged_into", "error", "candidates",
    };

    /// <summary>Ids of the examples were made at this moment.</summary>
    private static readonly DateTimeOffset day = new(2030, 1, 15, 9, 0, 0, TimeSpan.Zero);

    public static bool IsUsuallyNull(string member) => usuallyNull.Contains(member);

    /// <param name="member">Its name on the wire.</param>
    /// <param name="owner">The component it stands in.</param>
    public static string Text(string member, string owner)
    {
        if (member == "name" && names.FirstOrDefault(n => owner.Contains(n.Key, StringComparison.Ordinal)).Value is { } name) return name;
        if (texts.TryGetValue(member, out var text)) return text;
        var known = texts.Keys.Where(k => member.EndsWith("_" + k, StringComparison.Ordinal)).MaxBy(k => k.Length);
        return known is not null ? texts[known] : char.ToUpperInvariant(member[0]) + member[1..].Replace('_', ' ');
    }

    public static bool Boolean(string member) => member is "is_primary" or "is_verified" or "is_counted" or "is_tax_included" || member.EndsWith("_shown", StringComparison.Ordinal);

    public static long Integer(string member) => member switch
    {
        "revision" or "attempts" or "week_start" => 1,
        "limit" => 25,
        "quantity" => 2,
        "status" => 200,
        "index" => 0,
        _ when member.EndsWith("_minor", StringComparison.Ordinal) => amounts.GetValueOrDefault(member, 2500),
        _ when member.EndsWith("_seconds", StringComparison.Ordinal) => 240,
        _ => 12,
    };

    public static double Number(string member) => member switch
    {
        "confidence" or "p_alive" or "probability_alive" => 0.87,
        "rate" => 1.08,
        _ when member.Contains("rate", StringComparison.Ordinal) || member.Contains("share", StringComparison.Ordinal) => 0.25,
        _ => 1.5,
    };

    public static string Time(string member) => member switch
    {
        "updated_at" or "last_seen_at" or "last_used_at" => "2030-01-15T09:30:00Z",
        "expires_at" => "2031-01-15T09:00:00Z",
        _ => "2030-01-15T09:00:00Z",
    };

    public static string Day(string member) => member switch
    {
        "birth_date" => "1988-04-12",
        "from" => "2029-07-01",
        "to" => "2030-01-01",
        _ => "2030-01-15",
    };

    /// <summary>An id as it might be, and the same one each time.</summary>
    /// <param name="pattern">As in the schema: it begins with the prefix.</param>
    public static string Id(string pattern)
    {
        var prefix = pattern[1..pattern.IndexOf("_[", StringComparison.Ordinal)];
        var random = System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(prefix));
        var bytes = new byte[16];
        random.AsSpan(0, 16).CopyTo(bytes);
        var milliseconds = day.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++) bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F)); // version 7 (RFC 9562, 5.7)
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return Base32.Write(prefix, new Guid(bytes, bigEndian: true));
    }

    /// <summary>What an event is about, and other values that may be anything.</summary>
    public static JsonNode Anything() => new JsonObject { ["id"] = Id("^cus_[0-7]"), ["name"] = "Ada Lovelace", ["email"] = "ada@example.com" };
}
