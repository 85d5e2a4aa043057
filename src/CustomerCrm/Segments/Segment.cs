using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Rules;

namespace CustomerCrm.Segments;

/// <summary>A group of customers: listed by hand (static), or all for whom a rule holds, kept up to date (dynamic).</summary>
public sealed record Segment : IHasId, IVersioned
{
    public static string Prefix => "seg";

    public required Id<Segment> Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required SegmentKind Kind { get; init; }

    /// <summary>Who belongs to it; null for a static one.</summary>
    public SegmentRule? Rule
    {
        get => RuleText is null ? null : RuleTexts.Read(RuleText);
        init => RuleText = Write(value);
    }

    public required SegmentStatus Status { get; init; }

    /// <summary>How many members it has. While it is building, how many have been found so far.</summary>
    public required int Size { get; init; }

    /// <summary>When the size last changed or was counted.</summary>
    public required DateTimeOffset SizeAsOf { get; init; }

    /// <summary>A change of the size is a change of the segment, too.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of its name, description or rule; members that come and go are no update.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    internal string? RuleText { get; init; }

    [JsonIgnore]
    internal int RuleRevision { get; init; }

    internal static string? Write(SegmentRule? rule) => rule is null ? null : JsonSerializer.Serialize(rule, StrictJson.Options);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<Segment> FindAsync(Id<Segment> segmentId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<Segment>(ById, new { SegmentId = segmentId }, ct) ?? throw ApiProblem.NotFound("segment");

    internal static readonly TenantSql All = TenantSql.Of("""
        SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
        FROM Segments g
        WHERE g.TenantId = @TenantId
          AND g.DeletedAt IS NULL
        """);

    private static readonly TenantSql ById = TenantSql.Of("""
        SELECT g.Id, g.Name, g.Description, g.Kind, g.RuleText, g.RuleRevision, g.Status, g.Size, g.SizeAsOf, g.Revision, g.CreatedAt, g.UpdatedAt
        FROM Segments g
        WHERE g.TenantId = @TenantId
          AND g.Id = @SegmentId
          AND g.DeletedAt IS NULL
        """);
}

/// <summary>How customers come to be members. The numbers are stored.</summary>
public enum SegmentKind
{
    /// <summary>They are put in and taken out by hand.</summary>
    Static = 1,

    /// <summary>The rule decides.</summary>
    Dynamic = 2,
}

/// <summary>The numbers are stored.</summary>
public enum SegmentStatus
{
    /// <summary>The members are those for whom the rule holds, seconds apart.</summary>
    Ready = 1,

    /// <summary>New, or with a new rule: the members are being looked for.</summary>
    Building = 2,
}
