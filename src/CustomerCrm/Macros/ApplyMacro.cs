using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tickets;
using CustomerCrm.Tickets.Talking;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.Macros;

/// <summary>POST /macros/{macro_id}/apply, and /preview, which only says what it would do.</summary>
public static class ApplyMacro
{
    public sealed record Request
    {
        public required Id<Ticket> TicketId { get; init; }

        /// <summary>The <c>number</c> of the last entry that whoever applies it has read: <c>last_entry_number</c> of the ticket. If the customer wrote after it, nothing is done.</summary>
        /// <example>7</example>
        [Range(0, int.MaxValue)] public int? LastSeenNumber { get; init; }
    }

    /// <summary>What each step has done, or would do, and the ticket then.</summary>
    public sealed record Answer
    {
        public required Ticket Ticket { get; init; }

        [MaxLength(WriteMacro.MostActions)] public required IReadOnlyList<MacroStep> Steps { get; init; }
    }

    /// <summary>The data of <c>macro.applied</c>.</summary>
    internal sealed record Applied
    {
        public required Id<Macro> MacroId { get; init; }
        public required string Name { get; init; }
        public required Id<Ticket> TicketId { get; init; }
        public required IReadOnlyList<MacroStep> Steps { get; init; }
    }

    internal static async Task<Answer> Preview([FromRoute(Name = "macro_id")] Id<Macro> macroId, Request request, MacroBook macros, MacroSteps steps, TenantDb db, CancellationToken ct)
    {
        var macro = await macros.FindAsync(macroId, ct);
        return await EachAsync(macro, await TicketAsync(request, db, ct), steps.PreviewAsync, ct);
    }

    internal static async Task<Answer> Handle([FromRoute(Name = "macro_id")] Id<Macro> macroId, Request request, MacroBook macros, MacroSteps steps, SeenCheck seen, TenantDb db, EventLog events, CancellationToken ct)
    {
        var macro = await macros.FindAsync(macroId, ct);
        var ticket = await TicketAsync(request, db, ct);
        var answer = await EachAsync(macro, ticket, steps.TakeAsync, ct);
        if (request.LastSeenNumber is { } number && answer.Ticket.ConversationId is { } conversation) await seen.RefuseAsync(conversation, number, ct);
        events.Record("macro.applied", new Applied { MacroId = macroId, Name = macro.Name, TicketId = ticket.Id, Steps = answer.Steps }, ticket.CustomerId.Value);
        return answer;
    }

    private static async Task<Answer> EachAsync(Macro macro, Ticket ticket, Func<Ticket, MacroAction, CancellationToken, Task<(MacroStep, Ticket)>> take, CancellationToken ct)
    {
        var done = new List<MacroStep>();
        foreach (var action in macro.Actions)
        {
            (var step, ticket) = await take(ticket, action, ct);
            done.Add(step);
        }
        return new Answer { Ticket = ticket, Steps = done };
    }

    private static async Task<Ticket> TicketAsync(Request request, TenantDb db, CancellationToken ct) =>
        (await db.QueryAsync<Ticket>(Ticket.Matching.And(Condition.Of("t.Id = {0}", request.TicketId)), null, ct)).SingleOrDefault()
        ?? throw ApiProblem.Invalid("/ticket_id", "unknown_ticket", "There is no such ticket.");
}
