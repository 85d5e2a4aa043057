using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tasks;

internal static class TaskRoutes
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services.AddScoped<TaskWriter>();

    /// <summary>What people are to do: made by hand, by a rule that hands over to a person, or by a storefront that asks for something.</summary>
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");

        tasks.MapGet("/", ListTasks.Handle).Needs("tasks:read").Lists(ListTasks.List).Describe("List tasks",
            "The latest first, unless `sort` says otherwise; by `due_at`, those without a date are last. `mine=true` asks for those of the person who is signed in and of their teams, `overdue=true` for what should have been done.");
        tasks.MapPost("/", CreateTask.Handle).Needs("tasks:write").Describe("Create a task",
            "For a user, a team, or nobody in particular; about a customer, an order, or nothing. 422 names a user, team, customer or order that is not there. Records `task.created`, and `task.assigned` where it is somebody's.");
        tasks.MapGet("/{task_id}", Show).WithName("ShowTask").Needs("tasks:read").Describe("Show a task",
            "One task, with what made it and where it stands. Its `ETag` is its revision, for `If-Match`.");
        tasks.MapPatch("/{task_id}", ChangeTask.Handle).Needs("tasks:write").Describe("Change a task",
            "Absent members stay. `status` finishes it (`task.completed`), calls it off (`task.cancelled`) or opens it again (`task.reopened`); another user or team is `task.assigned`.");
        tasks.MapDelete("/{task_id}", ChangeTask.Remove).WithName("RemoveTask").Needs("tasks:write").Describe("Delete a task",
            "For good; for what should never have been written. What need not be done any more is cancelled.");

        api.MapGet("/customers/{customer_id}/tasks", ListTasks.OfCustomer).WithName("ListCustomerTasks").WithTags("Tasks").Needs("tasks:read").Lists(ListTasks.OfOne).Describe("List a customer's tasks",
            "What is to be done about this customer and the customer's orders, the latest first.");
    }

    internal static Task<TaskItem> Show([FromRoute(Name = "task_id")] Id<TaskItem> taskId, TenantDb db, CancellationToken ct) => TaskItem.FindAsync(taskId, db, ct);
}
