using System.Text.Json;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.CustomFields;

/// <summary>Whose rules would be left asking for nothing. There are at most some hundred rules, so they are simply read.</summary>
internal static class SegmentsAsking
{
    /// <summary>The ids of the dynamic segments that ask for a field; with a value, only those that name it.</summary>
    public static async Task<IReadOnlyList<string>> FieldAsync(string field, TenantDb db, CancellationToken ct, string? value = null)
    {
        var asking = new List<string>();
        foreach (var rule in await db.QueryAsync<Rule>(Rules, null, ct))
        {
            using var document = JsonDocument.Parse(rule.RuleText);
            if (Asks(document.RootElement, field, value)) asking.Add(new Id<AskingSegment>(new Guid(rule.Id, bigEndian: true)).ToString());
        }
        return asking;
    }

    /// <summary>Pure.</summary>
    internal static bool Asks(JsonElement rule, string field, string? value) => rule.ValueKind switch
    {
        JsonValueKind.Array => rule.EnumerateArray().Any(part => Asks(part, field, value)),
        JsonValueKind.Object when rule.TryGetProperty("field", out var asked) => asked.ValueEquals(field) && (value is null || (rule.TryGetProperty("value", out var with) && Names(with, value))),
        JsonValueKind.Object => rule.EnumerateObject().Any(part => Asks(part.Value, field, value)),
        _ => false,
    };

    private static bool Names(JsonElement with, string value) => with.ValueKind switch
    {
        JsonValueKind.Array => with.EnumerateArray().Any(one => Names(one, value)),
        JsonValueKind.String => string.Equals(with.GetString(), value, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private sealed record Rule
    {
        public required byte[] Id { get; init; }
        public required string RuleText { get; init; }
    }

    // Segments know fields, so fields cannot know segments; only how their ids are written.
    private sealed record AskingSegment : IHasId
    {
        public static string Prefix => "seg";
    }

    private static readonly TenantSql Rules = TenantSql.Of("""
        SELECT g.Id, g.RuleText
        FROM Segments g
        WHERE g.TenantId = @TenantId
          AND g.Kind = 2
          AND g.DeletedAt IS NULL
        ORDER BY g.Id
        """);
}
