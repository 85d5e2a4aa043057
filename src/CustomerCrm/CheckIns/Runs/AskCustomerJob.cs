using System.Globalization;
using System.Text.Json;
using CustomerCrm.Messages;
using CustomerCrm.Orders;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Segments.Rules;
using CustomerCrm.Tasks;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Users;

namespace CustomerCrm.CheckIns.Runs;

/// <summary>Ask a customer, whose time has come.</summary>
public sealed record AskCustomer(Id<CheckInRun> RunId);

/// <summary>What is asked and the row that says so are one transaction; a second run finds it done.</summary>
internal sealed class AskCustomerJob(TenantDb db, SeenCustomers customers, TaskWriter tasks, MessageDoor door, Caller caller, EventLog events, TimeProvider clock) : IJob<AskCustomer>
{
    public Task RunAsync(AskCustomer work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        if (await db.ExecuteAsync(Take, new { work.RunId, Now = clock.GetUtcNow() }, ct) == 0) return; // done, gone, or not yet
        var run = (await db.FindAsync<CheckInRun>(CheckInRun.ById, new { work.RunId }, ct))!;
        var checkIn = await CheckIn.FindAsync(run.CheckInId, db, ct);
        caller.ActAs(new Actor(ActorKind.Job, checkIn.Id.ToString(), checkIn.Name));
        var definition = checkIn.Definition;
        var about = definition.After == CheckInCause.TicketSolved ? await OfTicketAsync(run, ct) : await OfOrderAsync(run, ct);
        var why = !checkIn.IsEnabled ? "disabled" : about.WhyNot ?? (await MatchesAsync(definition, run, ct) ? null : "customer_does_not_match");
        if (why is not null) await EndAsync(run, CheckInState.Dropped, why, null, null, ct);
        else if (definition.Task is { } task) await HandAsync(run, checkIn, task, about, ct);
        else await SendAsync(run, checkIn, definition.Message!, about, ct);
        events.Record("check_in.run", (await db.FindAsync<CheckInRun>(CheckInRun.ById, new { work.RunId }, ct))!, run.CustomerId.Value);
    }, ct);

    private async Task HandAsync(CheckInRun run, CheckIn checkIn, CheckInTask wanted, Subject about, CancellationToken ct)
    {
        var isNamed = wanted.UserId is not null || wanted.TeamId is not null;
        var isThere = (await tasks.WrongAssigneeAsync(wanted.UserId, wanted.TeamId, ct)).Count == 0;
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = wanted.Title, Priority = wanted.Priority, DueAt = run.DueAt, CustomerId = run.CustomerId, OrderId = about.OrderId,
            Body = about.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"Ticket #{number}: {about.Title}") : null,
            UserId = isNamed && isThere ? wanted.UserId : isNamed ? null : about.AssigneeId, TeamId = isNamed && isThere ? wanted.TeamId : null,
        }, new TaskSource("check_in", checkIn.Id.ToString()), ct);
        await EndAsync(run, CheckInState.Done, null, task.Id.ToBytes(), null, ct);
    }

    private async Task SendAsync(CheckInRun run, CheckIn checkIn, CheckInMessage wanted, Subject about, CancellationToken ct)
    {
        try
        {
            var message = await door.PostAsync(new MessageDraft
            {
                CustomerId = run.CustomerId, Channel = wanted.Channel, Purpose = wanted.Purpose, Topic = wanted.Topic, TemplateId = wanted.TemplateId, OrderId = about.OrderId,
                TicketId = about.Number is null ? null : Id<SpokenTicket>.FromBytes(run.SubjectId),
                Data = JsonSerializer.SerializeToElement(new { ticket_number = about.Number, subject = about.Title }),
                Reason = new MessageReason("check_in", checkIn.Id.ToString(), checkIn.Name),
                DedupeKey = $"check_in:{run.Id}",
            }, ct);
            await EndAsync(run, message.State == MessageState.Refused ? CheckInState.Dropped : CheckInState.Done, message.State == MessageState.Refused ? "refused" : null, null, message.Id.ToBytes(), ct);
        }
        catch (ApiProblem wrong) when (wrong.Status is 404 or 422) // no address, no template any more, or one that cannot be written for this customer
        {
            await EndAsync(run, CheckInState.Dropped, "not_written", null, null, ct);
        }
    }

    private async Task<bool> MatchesAsync(CheckInDefinition definition, CheckInRun run, CancellationToken ct) =>
        definition.Customer is not { } rule || (await customers.LookAsync(run.CustomerId, rule, ct) is { } seen && rule.Evaluate(seen).Result);

    private async Task<Subject> OfTicketAsync(CheckInRun run, CancellationToken ct)
    {
        var about = await db.FindAsync<Subject>(TicketOf, new { run.SubjectId }, ct);
        return about is null ? new Subject { WhyNot = "subject_gone" } : about.IsOver ? about : about with { WhyNot = "reopened" };
    }

    private async Task<Subject> OfOrderAsync(CheckInRun run, CancellationToken ct)
    {
        var about = await db.FindAsync<Subject>(OrderOf, new { run.SubjectId }, ct);
        return about is null ? new Subject { WhyNot = "subject_gone" } : about.IsOver ? about with { WhyNot = "order_cancelled" } : about;
    }

    private Task<int> EndAsync(CheckInRun run, CheckInState state, string? reason, byte[]? taskId, byte[]? messageId, CancellationToken ct) =>
        db.ExecuteAsync(End, new { run.Id, State = state, Reason = reason, TaskId = taskId, MessageId = messageId, Now = clock.GetUtcNow() }, ct);

    private sealed record Subject
    {
        public int? Number { get; init; }
        public string? Title { get; init; }
        public Id<User>? AssigneeId { get; init; }
        public Id<Order>? OrderId { get; init; }
        public bool IsOver { get; init; }
        public string? WhyNot { get; init; }
    }

    private static readonly TenantSql Take = TenantSql.Of("""
        UPDATE CheckInRuns
        SET EndedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @RunId
          AND State = 1
          AND DueAt <= @Now
        """);

    private static readonly TenantSql TicketOf = TenantSql.Of("""
        SELECT t.Number, t.Subject AS Title, u.Id AS AssigneeId, CASE WHEN t.Category >= 5 THEN 1 ELSE 0 END AS IsOver
        FROM Tickets t
        LEFT JOIN Users u ON u.TenantId = t.TenantId AND u.Id = t.AssigneeId
        WHERE t.TenantId = @TenantId
          AND t.Id = @SubjectId
        """);

    private static readonly TenantSql OrderOf = TenantSql.Of("""
        SELECT o.Id AS OrderId, CASE WHEN o.CancelledAt IS NULL THEN 0 ELSE 1 END AS IsOver
        FROM Orders o
        WHERE o.TenantId = @TenantId
          AND o.Id = @SubjectId
        """);

    private static readonly TenantSql End = TenantSql.Of("""
        UPDATE CheckInRuns
        SET State = @State, Reason = @Reason, TaskId = @TaskId, MessageId = @MessageId, EndedAt = @Now
        WHERE TenantId = @TenantId
          AND Id = @Id
        """);
}
