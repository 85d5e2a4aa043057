using CustomerCrm.CustomFields.Values;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Tags;

/// <summary>A word that the tenant puts on customers, orders and tickets. Upper and lower case are the same tag.</summary>
/// <example>{"id":"tag_01mv4q0800ebxvvk1mr9tcr6ws","name":"VIP","customer_count":120,"order_count":0,"ticket_count":3,"revision":1,"created_at":"2030-01-15T09:00:00Z","updated_at":"2030-01-15T09:30:00Z"}</example>
public sealed record Tag : IHasId, IVersioned
{
    internal const int LongestName = 50;

    public static string Prefix => "tag";

    public required Id<Tag> Id { get; init; }
    public required string Name { get; init; }

    /// <summary>How many customers have it, counted now.</summary>
    public int CustomerCount { get; init; }

    /// <summary>How many orders have it, counted now.</summary>
    public int OrderCount { get; init; }

    /// <summary>How many tickets have it, counted now.</summary>
    public int TicketCount { get; init; }

    /// <summary>Of the tag itself; records that come and go are no change of it.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What is the same for the same tag.</summary>
    internal static byte[] KeyOf(string name) => FieldKey.Beginning(name);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Tag> FindAsync(Id<Tag> tagId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Tag>(ById, new { TagId = tagId }, ct) ?? throw ApiProblem.NotFound("tag");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT t.Id, t.Name, t.Revision, t.CreatedAt, t.UpdatedAt,
               (SELECT COUNT(*) FROM CustomerTags g WHERE g.TenantId = t.TenantId AND g.TagId = t.Id) AS CustomerCount,
               (SELECT COUNT(*) FROM OrderTags h WHERE h.TenantId = t.TenantId AND h.TagId = t.Id) AS OrderCount,
               (SELECT COUNT(*) FROM TicketTags k WHERE k.TenantId = t.TenantId AND k.TagId = t.Id) AS TicketCount
        FROM Tags t
        WHERE t.TenantId = @TenantId
          AND t.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = All.Then("AND t.Id = @TagId");
}

/// <summary>1 to 50 characters; no commas, since filters take lists, and no spaces around it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagNameAttribute() : EachTextAttribute($"1 to {Tag.LongestName} characters, without commas and without spaces around them.")
{
    public override string Code => "tag_name_invalid";

    protected override bool IsRight(string text) => text.Length <= Tag.LongestName && text == text.Trim() && !text.Any(c => c == ',' || char.IsControl(c)) && !BlankText.Is(text);
}
