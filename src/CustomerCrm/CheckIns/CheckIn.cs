using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Templates;
using CustomerCrm.Users;

namespace CustomerCrm.CheckIns;

/// <summary>That customers are asked of one's own accord: some days after a ticket was solved, or after their first order.</summary>
public sealed record CheckIn : IHasId, IVersioned
{
    public static string Prefix => "chk";

    public required Id<CheckIn> Id { get; init; }

    /// <summary>No two have the same, capitals aside.</summary>
    /// <example>A week after the first order</example>
    public required string Name { get; init; }

    public required bool IsEnabled { get; init; }
    public CheckInDefinition Definition => JsonSerializer.Deserialize<CheckInDefinition>(DefinitionText, StrictJson.Options)!;
    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string DefinitionText { get; init; } = "";

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<CheckIn> FindAsync(Id<CheckIn> checkInId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<CheckIn>(ById, new { CheckInId = checkInId }, ct) ?? throw ApiProblem.NotFound("check-in");

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT c.Id, c.Name, c.IsEnabled, c.DefinitionText, c.Revision, c.CreatedAt, c.UpdatedAt
        FROM CheckIns c
        WHERE c.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND c.Id = @CheckInId");

    internal static readonly TenantSql NamingSegment = Matching.Then("AND c.DefinitionText LIKE @Like ORDER BY c.Id");

    internal static readonly TenantSql AtWork = Matching.Then("AND c.IsEnabled = 1 ORDER BY c.Id");

    internal static readonly ListOf<CheckIn> List = ListOf<CheckIn>.From(Matching, "c.Id", checkIn => checkIn.Id.ToBytes())
        .SortedBy("created_at", "c.CreatedAt", checkIn => checkIn.CreatedAt, isDescending: true)
        .FilteredBy("is_enabled", "c.IsEnabled", FilterType.Boolean, Operators.Equal);
}

/// <summary>When customers are asked, which, and how.</summary>
/// <example>{"after":"first_order","days":7,"customer":null,"do":"task","task":{"title":"Ask how the first order was","priority":"normal","user_id":null,"team_id":null},"message":null}</example>
public sealed record CheckInDefinition : IValidatableObject
{
    public required CheckInCause After { get; init; }

    /// <summary>So many days later, at the same time of day where the tenant is.</summary>
    [Range(0, 365)] public required int Days { get; init; }

    /// <summary>Only customers for whom this holds when the time has come; a rule as segments have them.</summary>
    public SegmentRule? Customer { get; init; }

    public required CheckInWay Do { get; init; }

    public CheckInTask? Task { get; init; }
    public CheckInMessage? Message { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Customer?.WrongWhole(nameof(Customer)) is { } wrong) yield return wrong;
        if (Do == CheckInWay.Task != Task is not null || Do == CheckInWay.Message != Message is not null) yield return new BrokenRule("one_needed", "Say task or message, as do says, and only that one.", nameof(Do));
    }
}

/// <summary>A task for a person, who then asks.</summary>
public sealed record CheckInTask
{
    /// <example>Ask how the first order was</example>
    [StringLength(300, MinimumLength = 1)] public required string Title { get; init; }

    public TaskPriority Priority { get; init; } = TaskPriority.Normal;

    /// <summary>Who; left out, whoever had the ticket.</summary>
    public Id<User>? UserId { get; init; }

    public Id<Team>? TeamId { get; init; }
}

/// <summary>A message to the customer, through the contact policy. Its template may use <c>data.ticket_number</c> and <c>data.subject</c>, or the order.</summary>
public sealed record CheckInMessage
{
    public required Id<Template> TemplateId { get; init; }
    public MessageChannel Channel { get; init; } = MessageChannel.Email;
    public MessagePurpose Purpose { get; init; } = MessagePurpose.Service;

    /// <summary>Of the purpose, where there are topics.</summary>
    [StringLength(100, MinimumLength = 1)] public string? Topic { get; init; }
}

/// <summary>After what customers are asked.</summary>
public enum CheckInCause
{
    /// <summary>Not if it is open again by then.</summary>
    TicketSolved,

    /// <summary>Not if it was cancelled by then.</summary>
    FirstOrder,
}

/// <summary>How customers are asked.</summary>
public enum CheckInWay
{
    Task,
    Message,
}
