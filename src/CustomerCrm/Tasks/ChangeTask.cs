using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Teams;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Tasks;

/// <summary>PATCH and DELETE /tasks/{task_id}: hand it on, put it off, finish it.</summary>
public static class ChangeTask
{
    public sealed record Request
    {
        /// <example>Call about the late parcel</example>
        [Required, StringLength(300, MinimumLength = 1)] public Change<string> Title { get; init; }

        [StringLength(20_000, MinimumLength = 1)] public Change<string> Body { get; init; }
        [Required] public Change<TaskState> Status { get; init; }
        [Required] public Change<TaskPriority> Priority { get; init; }
        public Change<DateTimeOffset?> DueAt { get; init; }

        /// <summary>Null leaves it to whoever takes it.</summary>
        public Change<Id<User>?> UserId { get; init; }

        public Change<Id<Team>?> TeamId { get; init; }
        public Change<Id<Customer>?> CustomerId { get; init; }
        public Change<Id<Order>?> OrderId { get; init; }
    }

    internal static async Task<TaskItem> Handle([FromRoute(Name = "task_id")] Id<TaskItem> taskId, Request request, IfMatch ifMatch, TenantDb db, TaskWriter writer, CancellationToken ct)
    {
        var current = await TaskItem.FindAsync(taskId, db, ct);
        ifMatch.Check(current.Revision);
        return await writer.ChangeAsync(current, current with
        {
            Title = request.Title.Or(current.Title)!,
            Body = request.Body.Or(current.Body),
            Status = request.Status.Or(current.Status),
            Priority = request.Priority.Or(current.Priority),
            DueAt = request.DueAt.Or(current.DueAt),
            UserId = request.UserId.Or(current.UserId),
            TeamId = request.TeamId.Or(current.TeamId),
            CustomerId = request.CustomerId.Or(current.CustomerId),
            OrderId = request.OrderId.Or(current.OrderId),
        }, ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "task_id")] Id<TaskItem> taskId, IfMatch ifMatch, TenantDb db, TaskWriter writer, CancellationToken ct)
    {
        var current = await TaskItem.FindAsync(taskId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.RemoveAsync(current, ct);
        return TypedResults.NoContent();
    }
}
