using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Users;

namespace CustomerCrm.AutomationRules.Actions;

/// <summary>Makes a task for somebody.</summary>
internal sealed class CreateTaskAction(TaskWriter tasks, TimeProvider clock) : RuleAction<CreateTaskAction.Arguments>
{
    private const int LongestTitle = 300, LongestBody = 20_000;

    public new sealed record Arguments
    {
        [StringLength(300, MinimumLength = 1)] public required string Title { get; init; }
        [StringLength(10_000, MinimumLength = 1)] public string? Body { get; init; }
        public TaskPriority Priority { get; init; } = TaskPriority.Normal;

        /// <summary>From when the rule acts.</summary>
        [Range(1, 8760)] public int? DueInHours { get; init; }

        public Id<User>? UserId { get; init; }
        public Id<Team>? TeamId { get; init; }
    }

    public override string Name => "create_task";
    public override string Description => "Makes a task about the event's customer. title and body may hold places of the event's data: {{/order_number}}.";
    public override object Example => new Arguments { Title = "Thank them for order {{/order_number}}", DueInHours = 24 };

    protected override Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) => tasks.WrongAssigneeAsync(with.UserId, with.TeamId, ct);

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = FilledText.Of(with.Title, firing.Data, LongestTitle, firing.Rule.Name),
            Body = with.Body is null ? null : FilledText.Of(with.Body, firing.Data, LongestBody, firing.Rule.Name),
            Priority = with.Priority,
            DueAt = with.DueInHours is { } hours ? clock.GetUtcNow().AddHours(hours) : null,
            UserId = with.UserId,
            TeamId = with.TeamId,
            CustomerId = firing.CustomerId,
        }, new TaskSource("automation_rule", firing.Rule.Id.ToString()), ct);
        return Done("task", task.Id.ToString());
    }
}

/// <summary>Hands over to a person, with all that is known.</summary>
internal sealed class HandOver(TaskWriter tasks) : RuleAction<HandOver.Arguments>
{
    private const int LongestData = 4000;

    public new sealed record Arguments : IValidatableObject
    {
        /// <summary>Why a person is to look at it.</summary>
        [StringLength(300, MinimumLength = 1)] public required string Reason { get; init; }

        public Id<User>? UserId { get; init; }
        public Id<Team>? TeamId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (UserId is null && TeamId is null) yield return new Platform.Validation.BrokenRule("required", "Say to whom: user_id or team_id.", nameof(TeamId));
        }
    }

    public override string Name => "hand_over";
    public override string Description => "Hands over to a person: a task of high priority for a user or a team, with the event, what was seen and why.";
    public override object Example => new Arguments { Reason = "A large order was cancelled", TeamId = default(Id<Team>) };

    protected override Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) => tasks.WrongAssigneeAsync(with.UserId, with.TeamId, ct);

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        var data = JsonSerializer.Serialize(firing.Data);
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = FilledText.Of(with.Reason, firing.Data, 300, firing.Rule.Name),
            Body = $"The rule \"{firing.Rule.Name}\" hands this over to you.\n\nWhat happened: {firing.EventType} at {firing.EventAt:u} ({firing.EventId}).\n"
                + (firing.CustomerId is { } customer ? $"The customer: /v1/customers/{customer}/360\n" : "")
                + $"Why, with every value that was seen: /v1/automation_rules/{firing.Rule.Id}/firings/{firing.FiringId}\n\n{data.Shortened(LongestData)}",
            Priority = TaskPriority.High,
            UserId = with.UserId,
            TeamId = with.TeamId,
            CustomerId = firing.CustomerId,
        }, new TaskSource("automation_rule", firing.Rule.Id.ToString()), ct);
        return Done("task", task.Id.ToString());
    }
}

/// <summary>Gives the task that the event is about to somebody.</summary>
internal sealed class AssignTask(TenantDb db, TaskWriter tasks) : RuleAction<AssignTask.Arguments>
{
    public new sealed record Arguments : IValidatableObject
    {
        public Id<User>? UserId { get; init; }
        public Id<Team>? TeamId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (UserId is null && TeamId is null) yield return new Platform.Validation.BrokenRule("required", "Say to whom: user_id or team_id.", nameof(TeamId));
        }
    }

    public override string Name => "assign_task";
    public override string Description => "Gives the task that a task event is about to a user or a team.";
    public override object Example => new Arguments { TeamId = default(Id<Team>) };

    protected override Task<IReadOnlyList<FieldError>> MissingAsync(Arguments with, CancellationToken ct) => tasks.WrongAssigneeAsync(with.UserId, with.TeamId, ct);

    protected override async Task<ActionResult> RunAsync(Arguments with, FiringContext firing, CancellationToken ct)
    {
        if (!firing.EventType.StartsWith("task.", StringComparison.Ordinal) || !firing.Data.TryGetProperty("id", out var id) || !Id<TaskItem>.TryRead(id.GetString(), out var taskId))
            throw ApiProblem.Conflict("no_task", "The event is about no task.");
        var current = await TaskItem.FindAsync(taskId, db, ct);
        var changed = await tasks.ChangeAsync(current, current with { UserId = with.UserId, TeamId = with.TeamId }, ct);
        return changed.Revision == current.Revision ? Unchanged("task", taskId.ToString()) : Done("task", taskId.ToString());
    }
}
