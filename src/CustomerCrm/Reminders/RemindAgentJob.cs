using System.Globalization;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Tasks;
using CustomerCrm.Tickets;

namespace CustomerCrm.Reminders;

/// <summary>Make the task that somebody wanted to be reminded by.</summary>
public sealed record RemindAgent(Id<Reminder> ReminderId);

/// <summary>The reminder ends in the transaction that makes its task, so there is one task however often this runs. One that was put off is left to its later job.</summary>
internal sealed class RemindAgentJob(TenantDb db, ReminderWriter writer, TaskWriter tasks, Caller caller, TimeProvider clock) : IJob<RemindAgent>
{
    private const int LongestTitle = 300;

    public Task RunAsync(RemindAgent work, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        if (await db.FindAsync<Reminder>(Reminder.ById, new { work.ReminderId }, ct) is not { State: ReminderState.Waiting } reminder || reminder.RemindAt > now) return;
        var ticket = await Ticket.LockAsync(reminder.TicketId, db, ct);
        caller.ActAs(reminder.Author);
        var isTheirs = reminder.UserId is not null || reminder.TeamId is not null;
        var task = await tasks.AddAsync(new TaskDetails
        {
            Title = TitleOf(ticket, reminder),
            Body = reminder.Note,
            Priority = (TaskPriority)ticket.Priority,
            DueAt = reminder.RemindAt,
            UserId = isTheirs ? reminder.UserId : ticket.AssigneeId,
            TeamId = isTheirs ? reminder.TeamId : ticket.TeamId,
            CustomerId = ticket.CustomerId,
        }, new TaskSource("reminder", reminder.Id.ToString()), ct);
        if (!await writer.EndAsync(reminder.Id, ReminderState.Done, null, task.Id.ToBytes(), ct)) throw new InvalidOperationException("The reminder ended meanwhile; its task is undone.");
    }, ct);

    private static string TitleOf(Ticket ticket, Reminder reminder) =>
        string.Create(CultureInfo.InvariantCulture, $"Ticket #{ticket.Number}: {(reminder.Note ?? ticket.Subject).Split('\n')[0]}").Beginning(LongestTitle);
}
