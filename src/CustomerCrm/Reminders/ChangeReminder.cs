using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Reminders;

/// <summary>PATCH and DELETE /reminders/{reminder_id}: put it off, or call it off.</summary>
public static class ChangeReminder
{
    /// <example>{"remind_at":"2030-01-25T09:00:00Z"}</example>
    public sealed record Request
    {
        [Required] public Change<DateTimeOffset> RemindAt { get; init; }

        [StringLength(1000, MinimumLength = 1)] public Change<string> Note { get; init; }

        public Change<bool> UnlessAnswered { get; init; }
    }

    internal static async Task<Reminder> Handle(
        [FromRoute(Name = "reminder_id")] Id<Reminder> reminderId, Request request, IfMatch ifMatch, TenantDb db, ReminderWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var current = await Reminder.FindAsync(reminderId, db, ct);
        ifMatch.Check(current.Revision);
        if (request.RemindAt.IsSet && (request.RemindAt.Value <= clock.GetUtcNow() || request.RemindAt.Value > clock.GetUtcNow().AddYears(2))) throw ApiProblem.Invalid("/remind_at", "out_of_range", "In the future, and within two years.");
        return await writer.ChangeAsync(current, request.RemindAt.Or(current.RemindAt), request.Note.Or(current.Note), request.UnlessAnswered.Or(current.UnlessAnswered), ct);
    }

    internal static async Task<NoContent> Remove([FromRoute(Name = "reminder_id")] Id<Reminder> reminderId, IfMatch ifMatch, TenantDb db, ReminderWriter writer, CancellationToken ct)
    {
        var current = await Reminder.FindAsync(reminderId, db, ct);
        ifMatch.Check(current.Revision);
        await writer.EndAsync(reminderId, ReminderState.Dropped, "cancelled", null, ct);
        return TypedResults.NoContent();
    }
}
