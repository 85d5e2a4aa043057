using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Platform.Validation;
using CustomerCrm.Teams;
using CustomerCrm.Tenant;
using CustomerCrm.Tickets;
using CustomerCrm.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerCrm.Reminders;

/// <summary>POST /reminders</summary>
public static class SetReminder
{
    public sealed record Request : IValidatableObject
    {
        public required Id<Ticket> TicketId { get; init; }

        /// <summary>When; or say in how many hours or days.</summary>
        public DateTimeOffset? RemindAt { get; init; }

        [Range(1, 8760)] public int? InHours { get; init; }

        /// <summary>So many days later, at the same time of day where the tenant is.</summary>
        [Range(1, 365)] public int? InDays { get; init; }

        /// <summary>Drops it when the customer writes, or the ticket is solved, before that.</summary>
        public bool UnlessAnswered { get; init; } = true;

        /// <example>Ask whether the new handle fits.</example>
        [StringLength(1000, MinimumLength = 1)] public string? Note { get; init; }

        /// <summary>Who is to do it; left out, the person who is signed in, else whoever has the ticket by then.</summary>
        public Id<User>? UserId { get; init; }

        public Id<Team>? TeamId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (new object?[] { RemindAt, InHours, InDays }.Count(said => said is not null) != 1) yield return new BrokenRule("one_needed", "Say when: remind_at, in_hours or in_days, and only one of them.", nameof(RemindAt));
        }
    }

    internal static async Task<Created<Reminder>> Handle(Request request, ReminderWriter writer, CurrentSettings settings, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var at = request.RemindAt ?? (request.InHours is { } hours ? now.AddHours(hours) : DaysLater((await settings.GetAsync(ct)).Calendar, now, request.InDays!.Value));
        if (at <= now) throw ApiProblem.Invalid("/remind_at", "out_of_range", "In the future.");
        if (at > now.AddYears(2)) throw ApiProblem.Invalid("/remind_at", "out_of_range", "Within two years.");
        var mine = request.UserId is null && request.TeamId is null && caller.User is { } user ? new Id<User>(user.UserId) : request.UserId;
        var reminder = await writer.AddAsync(request with { UserId = mine, RemindAt = at }, ct);
        return TypedResults.Created($"/v1/reminders/{reminder.Id}", reminder);
    }

    // From midnight to midnight, so that clocks that change on the way do not move it.
    internal static DateTimeOffset DaysLater(TenantCalendar calendar, DateTimeOffset now, int days)
    {
        var today = calendar.DayOf(now);
        return calendar.StartOf(today.AddDays(days)) + (now - calendar.StartOf(today));
    }
}
