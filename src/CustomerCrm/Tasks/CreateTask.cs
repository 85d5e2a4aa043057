using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Tasks;

/// <summary>POST /tasks</summary>
public static class CreateTask
{
    public sealed record Request : TaskDetails;

    internal static async Task<Created<TaskItem>> Handle(Request request, TaskWriter writer, CancellationToken ct)
    {
        var task = await writer.AddAsync(request, new TaskSource(TaskSource.Api, null), ct);
        return TypedResults.Created($"/v1/tasks/{task.Id}", task);
    }
}
