using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tasks;

/// <summary>GET /tasks, and those about one customer.</summary>
internal static class ListTasks
{
    /// <param name="mine">True: open or not, those of the person who asks, and those of their teams that nobody has taken. For people who are signed in.</param>
    /// <param name="overdue">True: those that are open and should have been done by now.</param>
    /// <param name="query">Order, filters and place.</param>
    internal static Task<Page<TaskItem>> Handle([FromQuery] bool? mine, [FromQuery] bool? overdue, ListQuery query, Caller caller, TimeProvider clock, TenantDb db, CancellationToken ct)
    {
        var list = List;
        if (mine == true)
        {
            var user = caller.User?.UserId.ToByteArray(bigEndian: true) ?? throw ApiProblem.BadQuery("mine", "user_only", "A key has no tasks of its own: ask as a person who is signed in, or filter by user_id.");
            list = list.Where(Condition.Of("(t.UserId = {0} OR (t.UserId IS NULL AND t.TeamId IN (SELECT w.TeamId FROM TeamMembers w WHERE w.TenantId = t.TenantId AND w.UserId = {0})))", user));
        }
        if (overdue == true) list = list.Where(Condition.Of("(t.Status = 1 AND t.DueOrder < {0})", clock.GetUtcNow()));
        return list.ReadAsync(query, db, null, ct);
    }

    internal static async Task<Page<TaskItem>> OfCustomer([FromRoute(Name = "customer_id")] Id<Customer> customerId, ListQuery query, TenantDb db, CancellationToken ct)
    {
        await ShowCustomer.FindAsync(customerId, db, ct);
        return await OfOne.Where(Condition.Of("t.CustomerId = {0}", customerId)).ReadAsync(query, db, null, ct);
    }

    internal static readonly ListOf<TaskItem> OfOne = ListOf<TaskItem>.From(TaskItem.Matching, "t.Id", task => task.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", task => task.CreatedAt, isDescending: true)
        .SortedBy("due_at", "t.DueOrder", task => task.DueOrder)
        .FilteredBy("status", "t.Status", FilterType.OneOf<TaskState>(), Operators.Equal | Operators.In);

    internal static readonly ListOf<TaskItem> List = ListOf<TaskItem>.From(TaskItem.Matching, "t.Id", task => task.Id.ToBytes())
        .SortedBy("created_at", "t.CreatedAt", task => task.CreatedAt, isDescending: true)
        .SortedBy("due_at", "t.DueOrder", task => task.DueOrder)
        .SortedBy("priority", "t.Priority", task => (int)task.Priority)
        .FilteredBy("status", "t.Status", FilterType.OneOf<TaskState>(), Operators.Equal | Operators.In)
        .FilteredBy("priority", "t.Priority", FilterType.OneOf<TaskPriority>(), Operators.Equal | Operators.In)
        .FilteredBy("user_id", "t.UserId", FilterType.IdOf<User>(), Operators.Equal | Operators.In)
        .FilteredBy("team_id", "t.TeamId", FilterType.IdOf<Team>(), Operators.Equal | Operators.In)
        .FilteredBy("customer_id", "t.CustomerId", FilterType.IdOf<Customer>(), Operators.Equal | Operators.In)
        .FilteredBy("order_id", "t.OrderId", FilterType.IdOf<Order>(), Operators.Equal | Operators.In)
        .FilteredBy("due_at", "t.DueOrder", FilterType.Time, Operators.Range)
        .FilteredBy("source", "t.SourceKind", FilterType.Text(50, "automation_rule"), Operators.Equal)
        .FilteredBy("created_at", "t.CreatedAt", FilterType.Time, Operators.Range);
}
