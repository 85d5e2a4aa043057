using CustomerCrm.Customers;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Tasks;

namespace CustomerCrm.CheckIns.Runs;

/// <summary>A time that a customer is asked, or would have been.</summary>
public sealed record CheckInRun : IHasId
{
    public static string Prefix => "chr";

    public required Id<CheckInRun> Id { get; init; }
    public required Id<CheckIn> CheckInId { get; init; }
    public required Id<Customer> CustomerId { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required CheckInState State { get; init; }

    /// <summary>Why it was dropped: <c>disabled</c>, <c>reopened</c>, <c>order_cancelled</c>, <c>customer_does_not_match</c>, <c>subject_gone</c>, <c>not_written</c>, <c>refused</c>; may grow.</summary>
    public string? Reason { get; init; }

    public Id<TaskItem>? TaskId { get; init; }
    public Id<Message>? MessageId { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal byte[] SubjectId { get; init; } = [];

    internal static readonly TenantSql Matching = TenantSql.Of("""
        SELECT r.Id, r.CheckInId, r.CustomerId, r.SubjectId, r.DueAt, r.State, r.Reason, r.TaskId, r.MessageId, r.EndedAt, r.CreatedAt
        FROM CheckInRuns r
        WHERE r.TenantId = @TenantId
        """);

    internal static readonly TenantSql ById = Matching.Then("AND r.Id = @RunId");

    internal static readonly ListOf<CheckInRun> List = ListOf<CheckInRun>.From(Matching.Then("AND r.CheckInId = @CheckInId"), "r.Id", run => run.Id.ToBytes())
        .SortedBy("created_at", "r.CreatedAt", run => run.CreatedAt, isDescending: true)
        .FilteredBy("state", "r.State", FilterType.OneOf<CheckInState>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "r.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal);
}

/// <summary>The numbers are stored.</summary>
public enum CheckInState
{
    Waiting = 1,
    Done = 2,
    Dropped = 3,
}
