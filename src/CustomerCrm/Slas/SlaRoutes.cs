using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Lists;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Segments;
using CustomerCrm.Slas.Acknowledging;
using CustomerCrm.Slas.Alerts;
using CustomerCrm.Slas.Calendars;
using CustomerCrm.Slas.Choosing;
using CustomerCrm.Slas.Ledger;
using CustomerCrm.Tickets;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Slas;

internal static class SlaRoutes
{
    public static IServiceCollection AddSlas(this IServiceCollection services) => services
        .AddScoped<CalendarEditions>().AddScoped<SlaChoice>().AddScoped<SlaLedger>().AddScoped<AlertBook>().AddScoped<Escalations>().AddScoped<EscalationLetters>().AddScoped<SlaWriter>().AddSingleton(NamesSegments.In<SlaPolicy>("sla_ids", SlaPolicy.NamingSegment, sla => (sla.Id.ToString(), sla.Name))).AddScoped<AcknowledgementSettings>().AddScoped<AcknowledgementPost>()
        .AddScoped<SlaWatcher>().AddScoped<ITicketWatcher>(all => all.GetRequiredService<SlaWatcher>()).AddEventConsumer<SlaConsumer>()
        .AddJob<WatchSlaJob, WatchSla>().AddJob<FollowSlasJob, FollowSlas>().AddJob<FollowCustomerJob, FollowCustomer>().AddJob<AcknowledgeTicketJob, AcknowledgeTicket>();

    /// <summary>What customers are promised: how soon they are answered and helped, counted in business time, warned of, escalated and explained.</summary>
    public static void MapSlas(this IEndpointRouteBuilder api)
    {
        var slas = api.MapGroup("/slas").WithTags("Slas");

        slas.MapGet("/", List).WithName("ListSlas").Needs("slas:read").Lists(SlaPolicy.List).Describe("List SLAs",
            "In the order in which tickets are held against them, unless `sort` says otherwise.");
        slas.MapPost("/", CreateSla.Handle).Needs("slas:write").MayAnswer(409, "too_many_slas").Describe("Create an SLA",
            "The first whose condition holds is a ticket's. It is for tickets that are opened from now on, and for those whose clocks run already: they are counted anew from their beginning. Each ticket has a clock for the first response (stopped by the first public answer of a person), "
            + "for the next response (each time the customer writes after it) and for the resolution (stopped when it is solved, gone on with if it is opened again). In categories of `paused_while` none runs. When something changes that its condition asks of the customer (tier, value, segment), the choice is made anew within seconds. Every change of a clock is a row of its ledger: `GET /v1/tickets/{ticket_id}/sla`. 422 names what a condition or an escalation asks for that is not there.");
        slas.MapGet("/clocks", Clocks).WithName("ListSlaClocks").Needs("slas:read").Lists(SlaClock.List).Describe("List promises",
            "The clocks of all tickets, the latest first. `filter[state][eq]=running` and `filter[due_at][lt]` find what is about to be late, `filter[is_breached][eq]=true` what was.");
        slas.MapGet("/acknowledgement", ShowAcknowledgement).WithName("ShowAcknowledgement").Needs("slas:read").Describe("Show the automatic answer",
            "Whether customers who write while nobody is there are told when to expect an answer, and by which templates.");
        slas.MapPatch("/acknowledgement", ChangeAcknowledgement.Handle).Needs("slas:write").Describe("Change the automatic answer",
            "Who writes by e-mail or text message outside the business hours of the ticket's calendar is told, once for each burst of messages, when it opens and by when an answer can be expected: the due time of the promise that runs. It goes out as a service message under the contact policy, in the customer's language where there is a template, as an answer in the thread that says `Auto-Submitted: auto-replied`, and never to a program: not to what is automatic itself, nor to what came in bulk or over a list (RFC 3834).");
        slas.MapGet("/teams/{team_id}/calendar", TeamCalendars.Show).WithName("ShowTeamCalendar").Needs("slas:read").Describe("Show a team's calendar",
            "Whose hours the tickets of the team are counted in, unless their SLA names a calendar; null: the default one.");
        slas.MapPut("/teams/{team_id}/calendar", TeamCalendars.Set).WithName("SetTeamCalendar").Needs("slas:write").Describe("Set a team's calendar",
            "Clocks that run follow at once: they are counted anew from their beginning.");
        slas.MapDelete("/teams/{team_id}/calendar", TeamCalendars.Remove).WithName("RemoveTeamCalendar").Needs("slas:write").Describe("Remove a team's calendar",
            "The team keeps the default hours again. A repeat does no harm.");
        slas.MapGet("/{sla_id}", Show).WithName("ShowSla").Needs("slas:read").Describe("Show an SLA",
            "With its definition. Its `ETag` is its revision.");
        slas.MapPatch("/{sla_id}", ChangeSla.Handle).Needs("slas:write").Describe("Change an SLA",
            "Absent members stay; `definition` is replaced as a whole. Clocks that are not stopped follow: the whole clock is counted by the new terms, and its ledger says so. What was stopped stays as it was.");
        slas.MapDelete("/{sla_id}", ChangeSla.Remove).WithName("RemoveSla").Needs("slas:write").Describe("Delete an SLA",
            "Clocks that run by it go over to the next one that matches. Ledgers keep its name.");

        api.MapGet("/tickets/{ticket_id}/sla", ShowTicketSla.Handle).WithName("ShowTicketSla").WithTags("Slas").Needs("slas:read").Describe("Explain a ticket's promises",
            "Each clock counted from its ledger at this moment: when it is due, what is left, whether it was missed, and row by row how that came about, with who did it. A row keeps the edition of the calendar that it was counted by, so an old due time can still be explained.");
    }

    internal static Task<Page<SlaPolicy>> List(ListQuery query, TenantDb db, CancellationToken ct) => SlaPolicy.List.ReadAsync(query, db, null, ct);

    internal static Task<Page<SlaClock>> Clocks(ListQuery query, TenantDb db, CancellationToken ct) => SlaClock.List.ReadAsync(query, db, null, ct);

    internal static Task<SlaPolicy> Show([FromRoute(Name = "sla_id")] Id<SlaPolicy> slaId, TenantDb db, CancellationToken ct) => SlaPolicy.FindAsync(slaId, db, ct);

    internal static Task<AcknowledgementPolicy> ShowAcknowledgement(AcknowledgementSettings settings, CancellationToken ct) => settings.GetAsync(ct);
}
