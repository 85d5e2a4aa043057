using CustomerCrm.Customers;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Tasks;

/// <summary>Writes tasks, in the name of whoever asks for it.</summary>
internal sealed class TaskWriter(TenantDb db, Caller caller, EventLog events, TimeProvider clock)
{
    /// <exception cref="ApiProblem">422: whom or what it names is not there. Then nothing was written.</exception>
    public async Task<TaskItem> AddAsync(TaskDetails details, TaskSource source, CancellationToken ct)
    {
        var (now, author) = (clock.GetUtcNow(), caller.Actor);
        var task = new TaskItem
        {
            Id = Id<TaskItem>.New(),
            Title = details.Title,
            Body = details.Body,
            Status = TaskState.Open,
            Priority = details.Priority,
            DueAt = details.DueAt,
            UserId = details.UserId,
            TeamId = details.TeamId,
            CustomerId = details.CustomerId,
            OrderId = details.OrderId,
            Source = source,
            Author = author,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
        task = await CheckedAsync(task, ct);
        await db.ExecuteAsync(Insert, RowOf(task), ct);
        Record("task.created", task);
        if (task.UserId is not null || task.TeamId is not null) Record("task.assigned", task);
        return task;
    }

    /// <returns>As it is now; the same revision if the changes change nothing.</returns>
    /// <exception cref="ApiProblem">412: somebody else changed it since it was read. 422: whom or what it names is not there.</exception>
    public async Task<TaskItem> ChangeAsync(TaskItem current, TaskItem wanted, CancellationToken ct)
    {
        if (wanted == current) return current;
        var now = clock.GetUtcNow();
        var changed = await CheckedAsync(wanted with { Revision = current.Revision + 1, UpdatedAt = now }, ct);
        if (changed.Status != current.Status) changed = changed with { CompletedAt = changed.Status == TaskState.Done ? now : null };
        if (await db.ExecuteAsync(Update, RowOf(changed), ct) == 0) throw ApiProblem.PreconditionFailed();

        if ((changed.UserId, changed.TeamId) != (current.UserId, current.TeamId)) Record("task.assigned", changed);
        Record((changed.Status == current.Status, changed.Status) switch
        {
            (true, _) => "task.updated",
            (_, TaskState.Done) => "task.completed",
            (_, TaskState.Cancelled) => "task.cancelled",
            _ => "task.reopened",
        }, changed);
        return changed;
    }

    public async Task RemoveAsync(TaskItem current, CancellationToken ct)
    {
        if (await db.ExecuteAsync(Delete, new { current.Id, current.Revision }, ct) == 0) throw ApiProblem.PreconditionFailed();
        Record("task.deleted", current);
    }

    private void Record(string what, TaskItem task) => events.Record(what, task, task.CustomerId?.Value);

    private async Task<TaskItem> CheckedAsync(TaskItem task, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var owner = task.OrderId is null ? null : await db.FindAsync<Id<Customer>?>(CustomerOfOrder, new { task.OrderId }, ct);
        if (task.OrderId is not null && owner is null) errors.Add(new("/order_id", "unknown_order", "There is no such order."));
        if (task.CustomerId is not null && await db.FindAsync<int?>(HasCustomer, new { task.CustomerId }, ct) is null) errors.Add(new("/customer_id", "unknown_customer", "There is no such customer."));
        errors.AddRange(await WrongAssigneeAsync(task.UserId, task.TeamId, ct));
        if (errors.Count > 0) throw ApiProblem.Invalid(errors);
        return task.CustomerId is null ? task with { CustomerId = owner } : task;
    }

    /// <summary>What is wrong with who is to do it.</summary>
    public async Task<IReadOnlyList<FieldError>> WrongAssigneeAsync(Id<Users.User>? userId, Id<Teams.Team>? teamId, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (userId is not null && await db.FindAsync<int?>(HasUser, new { UserId = userId }, ct) is null) errors.Add(new("/user_id", "unknown_user", "There is no such user."));
        if (teamId is not null && await db.FindAsync<int?>(HasTeam, new { TeamId = teamId }, ct) is null) errors.Add(new("/team_id", "unknown_team", "There is no such team."));
        return errors;
    }

    private static object RowOf(TaskItem t) => new
    {
        t.Id, t.Title, t.Body, t.Status, t.Priority, t.DueAt, t.DueOrder, UserId = t.UserId?.ToBytes(), TeamId = t.TeamId?.ToBytes(), CustomerId = t.CustomerId?.ToBytes(), OrderId = t.OrderId?.ToBytes(),
        t.SourceKind, t.SourceId, t.AuthorKind, t.AuthorId, t.AuthorName, t.CompletedAt, t.Revision, t.CreatedAt, t.UpdatedAt,
    };

    private static readonly TenantSql HasCustomer = TenantSql.Of("SELECT 1 FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");

    private static readonly TenantSql CustomerOfOrder = TenantSql.Of("SELECT o.CustomerId FROM Orders o WHERE o.TenantId = @TenantId AND o.Id = @OrderId");

    private static readonly TenantSql HasUser = TenantSql.Of("SELECT 1 FROM Users u WHERE u.TenantId = @TenantId AND u.Id = @UserId");

    private static readonly TenantSql HasTeam = TenantSql.Of("SELECT 1 FROM Teams t WHERE t.TenantId = @TenantId AND t.Id = @TeamId");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO Tasks (TenantId, Id, Title, Body, Status, Priority, DueAt, DueOrder, UserId, TeamId, CustomerId, OrderId,
            SourceKind, SourceId, AuthorKind, AuthorId, AuthorName, CompletedAt, Revision, CreatedAt, UpdatedAt)
        VALUES (@TenantId, @Id, @Title, @Body, @Status, @Priority, @DueAt, @DueOrder, @UserId, @TeamId, @CustomerId, @OrderId,
            @SourceKind, @SourceId, @AuthorKind, @AuthorId, @AuthorName, @CompletedAt, @Revision, @CreatedAt, @UpdatedAt)
        """);

    private static readonly TenantSql Update = TenantSql.Of("""
        UPDATE Tasks
        SET Title = @Title, Body = @Body, Status = @Status, Priority = @Priority, DueAt = @DueAt, DueOrder = @DueOrder, UserId = @UserId, TeamId = @TeamId,
            CustomerId = @CustomerId, OrderId = @OrderId, CompletedAt = @CompletedAt, Revision = @Revision, UpdatedAt = @UpdatedAt
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision - 1
        """);

    private static readonly TenantSql Delete = TenantSql.Of("""
        DELETE FROM Tasks
        WHERE TenantId = @TenantId
          AND Id = @Id
          AND Revision = @Revision
        """);
}
