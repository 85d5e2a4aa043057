using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.Tasks;

/// <summary>Something that a person is to do.</summary>
public sealed record TaskItem : IHasId, IVersioned
{
    public static string Prefix => "tsk";

    public required Id<TaskItem> Id { get; init; }

    /// <example>Call about the late parcel</example>
    public required string Title { get; init; }

    public string? Body { get; init; }
    public required TaskState Status { get; init; }
    public required TaskPriority Priority { get; init; }

    /// <summary>Until when; null for whenever there is time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who is to do it.</summary>
    public Id<User>? UserId { get; init; }

    /// <summary>Whose it is, where one of a team is to take it.</summary>
    public Id<Team>? TeamId { get; init; }

    /// <summary>About whom: it stands in that customer's timeline.</summary>
    public Id<Customer>? CustomerId { get; init; }

    public Id<Order>? OrderId { get; init; }

    /// <summary>What made it.</summary>
    public TaskSource Source
    {
        get => new(SourceKind, SourceId);
        init => (SourceKind, SourceId) = (value.Kind, value.Id);
    }

    /// <summary>Who made it, as they were called then.</summary>
    public Actor Author
    {
        get => new(AuthorKind, AuthorId, AuthorName);
        init => (AuthorKind, AuthorId, AuthorName) = (value.Kind, value.Id, value.Name);
    }

    /// <summary>When it was done; null unless its status is <c>done</c>.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public required int Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal string SourceKind { get; init; } = TaskSource.Api;
    internal string? SourceId { get; init; }
    internal ActorKind AuthorKind { get; init; }
    internal string? AuthorId { get; init; }
    internal string AuthorName { get; init; } = "";

    /// <summary>What has no date is last.</summary>
    internal DateTimeOffset DueOrder => DueAt ?? new DateTimeOffset(DateTime.MaxValue, TimeSpan.Zero);

    /// <exception cref="ApiProblem">404: there is none.</exception>
    internal static async Task<TaskItem> FindAsync(Id<TaskItem> taskId, TenantDb db, CancellationToken ct) =>
        await db.FindAsync<TaskItem>(ById, new { TaskId = taskId }, ct) ?? throw ApiProblem.NotFound("task");

    /// <summary>Ends in its WHERE, so that lists narrow the same statement. An order, a user or a team that is gone is not shown.</summary>
    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT t.Id, t.Title, t.Body, t.Status, t.Priority, t.DueAt, t.CustomerId,
            (SELECT u.Id FROM Users u WHERE u.TenantId = t.TenantId AND u.Id = t.UserId) AS UserId,
            (SELECT m.Id FROM Teams m WHERE m.TenantId = t.TenantId AND m.Id = t.TeamId) AS TeamId,
            (SELECT o.Id FROM Orders o WHERE o.TenantId = t.TenantId AND o.Id = t.OrderId) AS OrderId,
            t.SourceKind, t.SourceId, t.AuthorKind, t.AuthorId, t.AuthorName, t.CompletedAt, t.Revision, t.CreatedAt, t.UpdatedAt
        FROM Tasks t
        WHERE t.TenantId = @TenantId
        """);

    private static readonly TenantSql ById = Matching.Then("AND t.Id = @TaskId");
}

/// <summary>What made a task.</summary>
/// <param name="Kind"><c>api</c>, <c>automation_rule</c> or <c>storefront</c>; may grow.</param>
/// <param name="Id">Which rule or storefront; null for who called the API.</param>
public sealed record TaskSource(string Kind, string? Id)
{
    internal const string Api = "api";
}

/// <summary>Where a task stands. The numbers are stored.</summary>
public enum TaskState
{
    Open = 1,
    Done = 2,

    /// <summary>It need not be done any more.</summary>
    Cancelled = 3,
}

/// <summary>The numbers are stored.</summary>
public enum TaskPriority
{
    Low = 1,
    Normal = 2,
    High = 3,
    Urgent = 4,
}
