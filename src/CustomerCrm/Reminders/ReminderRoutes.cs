using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Reminders;

internal static class ReminderRoutes
{
    public static IServiceCollection AddReminders(this IServiceCollection services) => services.AddScoped<ReminderWriter>().AddScoped<ITicketWatcher, ReminderWatcher>().AddJob<RemindAgentJob, RemindAgent>();

    /// <summary>Being reminded of a ticket: "in three days, if the customer has not answered".</summary>
    public static void MapReminders(this IEndpointRouteBuilder api)
    {
        var reminders = api.MapGroup("/reminders").WithTags("Reminders");

        reminders.MapGet("/", List).WithName("ListReminders").Needs("reminders:read").Lists(Reminder.List).Describe("List reminders",
            "The next first, unless `sort` says otherwise; `filter[ticket_id][eq]` finds those of one ticket.");
        reminders.MapPost("/", SetReminder.Handle).Needs("reminders:write").Describe("Set a reminder",
            "At its time a task is made for the user or team, else for whoever has the ticket (`reminder.reminded`). With `unless_answered` it is dropped before that when the customer writes or the ticket is solved (`reminder.dropped`). Say when by `remind_at`, `in_hours` or `in_days`.");
        reminders.MapGet("/{reminder_id}", Show).WithName("ShowReminder").Needs("reminders:read").Describe("Show a reminder",
            "Whether it waits, which task it became, or why it was dropped.");
        reminders.MapPatch("/{reminder_id}", ChangeReminder.Handle).Needs("reminders:write").MayAnswer(409, "reminder_ended").Describe("Change a reminder",
            "Puts it off, or changes its note. 409 once it has ended.");
        reminders.MapDelete("/{reminder_id}", ChangeReminder.Remove).WithName("CancelReminder").Needs("reminders:write").Describe("Cancel a reminder",
            "It is dropped, and stays to be seen as that. One that has ended stays as it is.");
    }

    internal static Task<Page<Reminder>> List(ListQuery query, TenantDb db, CancellationToken ct) => Reminder.List.ReadAsync(query, db, null, ct);

    internal static Task<Reminder> Show([FromRoute(Name = "reminder_id")] Id<Reminder> reminderId, TenantDb db, CancellationToken ct) => Reminder.FindAsync(reminderId, db, ct);
}

/// <summary>Drops what nobody has to be reminded of any more.</summary>
internal sealed class ReminderWatcher(ReminderWriter writer) : ITicketWatcher
{
    public Task OpenedAsync(Ticket ticket, CancellationToken ct) => Task.CompletedTask;

    public Task ChangedAsync(Ticket before, Ticket after, TicketMoment why, CancellationToken ct) =>
        why == TicketMoment.CustomerReplied ? writer.DropAsync(after.Id, "customer_answered", ct)
        : after.IsSolved && !before.IsSolved ? writer.DropAsync(after.Id, "ticket_solved", ct)
        : Task.CompletedTask;

    public Task RestoredAsync(Ticket ticket, CancellationToken ct) => writer.ResumeAsync(ticket.Id, ct);
}
