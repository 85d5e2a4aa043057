using CustomerCrm.AutomationRules.Actions;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Conversations;
using CustomerCrm.Conversations.Redaction;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Platform.Records;
using CustomerCrm.Search.Sources;
using CustomerCrm.Teams;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Tickets.Closing;
using CustomerCrm.Tickets.Links;
using CustomerCrm.Tickets.Moves;
using CustomerCrm.Tickets.Presence;
using CustomerCrm.Tickets.Releasing;
using CustomerCrm.Tickets.Rules;
using CustomerCrm.Tickets.Searching;
using CustomerCrm.Tickets.Settings;
using CustomerCrm.Tickets.Talking;
using CustomerCrm.Tickets.Views;

namespace CustomerCrm.Tickets;

internal static class TicketRoutes
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddSingleton(TicketFields.Owner).AddSingleton(TicketTags.Owner).AddSingleton(TicketRecord.RecordKind).AddScoped<IRestored, TicketRecord>().AddScoped<IRestored, RestoredTickets>()
        .AddScoped<TicketTargets>().AddScoped<WantedTicket>().AddScoped<TicketValues>().AddScoped<ITicketValues>(services => services.GetRequiredService<TicketValues>()).AddScoped<TicketTagging>()
        .AddScoped<TicketNumbers>().AddScoped<TicketRows>().AddScoped<TicketTurn>().AddScoped<TicketWriter>()
        .AddScoped<IConversationWatcher, TicketListener>().AddScoped<IConversationWatcher, TicketFollower>().AddScoped<IRedactionWatcher, RedactedSubjects>()
        .AddScoped<TicketMoves>().AddScoped<TicketPresence>().AddScoped<SeenCheck>().AddScoped<TicketSatisfaction>().AddScoped<Sharing>().AddScoped<TicketViewBook>()
        .AddScoped<IRuleAction, CreateTicketAction>().AddScoped<IRuleAction, ChangeTicketAction>().AddScoped<IContactGuard, OpenTicketGuard>()
        .AddScoped<ISearched, SearchedTickets>().AddJob<CloseSolvedJob, CloseSolved>()
        .AddEventConsumer<LeaverConsumer>().AddJob<ReleaseTicketsJob, ReleaseTickets>();

    /// <summary>What customers want to have settled.</summary>
    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");

        tickets.MapGet("/", ListTickets.Handle).Needs("tickets:read").Lists(ListTickets.List).MayAnswer(404, "not_found").Describe("List tickets",
            "The latest first, unless `sort` says otherwise. `filter[words][match]` finds by words and number, beside every other filter and in every order. `mine=true` asks for those of the person who is signed in, `view` for a question that is kept under a name.");
        tickets.MapPost("/", OpenTicket.Handle).Needs("tickets:write").Produces<Ticket>().Produces<Ticket>(StatusCodes.Status201Created).Describe("Open a ticket",
            "For a customer by id, or by identities: then the customer is found, or created where nobody has them. With `message` its conversation begins: with the customer's words, with an answer that goes out at once, or with a note. With `source` and `external_id` it is opened only once: a repeat answers 200 with the one there is.");
        tickets.MapPost("/changes", ChangeTickets.Handle).Needs("tickets:write").Describe("Change many tickets",
            $"The same change for up to {Batch.MostItems} tickets. 207 with a result for each, in their order; one that is refused changes nothing for the others.");
        tickets.MapGet("/by-number/{ticket_number}", ShowTicket.ByNumber).WithName("ShowTicketByNumber").Needs("tickets:read").Describe("Show a ticket by its number",
            "By what people call it, without the number sign.");
        tickets.MapGet("/settings", ChangeTicketSettings.Show).WithName("ShowTicketSettings").Needs("tickets:read").Describe("Show the settings of tickets",
            "Whether e-mails open tickets, how long a solved ticket opens again, and when it is closed.");
        tickets.MapPatch("/settings", ChangeTicketSettings.Handle).WithName("ChangeTicketSettings").Needs("ticket_statuses:write").Describe("Change the settings of tickets",
            "Absent members stay. They hold for what happens from then on.");
        tickets.MapGet("/{ticket_id}", ShowTicket.Handle).Needs("tickets:read").Describe("Show a ticket",
            "One ticket, what is promised of it and when that is due, who else has it before them, and up to which entry its conversation goes. Its `ETag` is its revision, for `If-Match`.");
        tickets.MapPatch("/{ticket_id}", ChangeTicket.Handle).Needs("tickets:write").MayAnswer(409, "ticket_closed").Describe("Change a ticket",
            "Absent members stay. `category` or `status_id` say where it stands: solved again and again, but closed once (409 `ticket_closed`). A stale `If-Match` answers 412 and names the fields that others changed. `ticket.updated` says from what to what.");
        tickets.MapDelete("/{ticket_id}", ChangeTicket.Remove).WithName("RemoveTicket").Needs("tickets:write").Describe("Delete a ticket",
            "Into the bin, from which it can be restored for 90 days: for what should never have been opened. Its conversation stays. What is done with is solved.");

        tickets.MapPost("/{ticket_id}/replies", ReplyToTicket.Handle).WithName("ReplyToTicket").Needs("tickets:write").MayAnswer(409, "newer_message").MayAnswer(409, "ticket_closed").MayAnswer(409, "ticket_merged").MayAnswer(409, "reply_window_closed").Describe("Answer the customer",
            "In the ticket's conversation, out by the channel on which the customer wrote last; where that is with somebody else, since the ticket was given to another customer, a conversation with that one begins. With `last_seen_number` nothing is sent if the customer has written since (409 `newer_message` with `missed_numbers`); without it, `missed_numbers` says what was missed. `others` says who else is at it. `change` changes the ticket in the same step.");
        tickets.MapPost("/{ticket_id}/notes", ReplyToTicket.HandleNote).WithName("WriteTicketNote").Needs("tickets:write").Describe("Note something on a ticket",
            "For the tenant's own people: no customer ever sees it. Users in `mention_ids` find it among their mentions.");
        tickets.MapPut("/{ticket_id}/presence", LookAtTicket.Handle).WithName("LookAtTicket").Needs("tickets:write").MayAnswer(409, "person_only").Describe("Say that one is here",
            $"The heart-beat of whoever has the ticket before them: send it every {TicketPresence.Lasts.TotalSeconds / 2:0} seconds; {TicketPresence.Lasts.TotalSeconds:0} seconds after the last one they count as gone. Answers who else is here.");
        tickets.MapDelete("/{ticket_id}/presence", LookAtTicket.Leave).WithName("LeaveTicket").Needs("tickets:write").MayAnswer(409, "person_only").Describe("Say that one has gone",
            "At once instead of after a minute.");

        tickets.MapGet("/{ticket_id}/links", RelateTickets.List).WithName("ListTicketLinks").Needs("tickets:read").Describe("List a ticket's links",
            "What other tickets are to this one: the problem behind it or its incidents, related ones, the original or duplicates.");
        tickets.MapPost("/{ticket_id}/links", RelateTickets.Handle).WithName("LinkTicket").Needs("tickets:write").MayAnswer(409, "link_circle").MayAnswer(409, "too_many_links").Describe("Link a ticket with another",
            "`relation` says what the other is to this one. A problem is a ticket of that type. Doing it again changes nothing; a link that would close a circle is refused (409 `link_circle`).");
        tickets.MapDelete("/{ticket_id}/links/{relation}/{linked_ticket_id}", RelateTickets.Remove).WithName("UnlinkTicket").Needs("tickets:write").Describe("Take a link away",
            "From whichever of the two tickets it is said. 404 if there is no such link.");

        tickets.MapPost("/{ticket_id}/merge", MergeTicket.Handle).WithName("MergeTicket").Needs("tickets:write").MayAnswer(409, "ticket_merged").MayAnswer(409, "ticket_closed").Describe("Merge a ticket into another",
            "The same was asked twice. The ticket is closed with `merged_into_id`; what its customer writes from then on opens the other one and is noted there. A ticket that was merged already, or is closed, neither goes nor is gone into. Answers the ticket that stays; `moves` explains it.");
        tickets.MapPost("/{ticket_id}/split", SplitTicket.Handle).WithName("SplitTicket").Needs("tickets:write").MayAnswer(409, "ticket_merged").Describe("Split a ticket",
            $"The customer asked two things: up to {EntryMoves.Most} chosen messages and notes go into a ticket of their own, with a conversation of its own, for the same customer.");
        tickets.MapGet("/{ticket_id}/moves", TicketMoves.Handle).WithName("ListTicketMoves").Needs("tickets:read").Lists(TicketMoves.List).Describe("Explain merges and splits",
            "What went where, why, who did it and what followed, the latest first.");

        api.MapGet("/customers/{customer_id}/tickets", ListTickets.OfCustomer).WithName("ListCustomerTickets").WithTags("Tickets").Needs("tickets:read").Lists(ListTickets.OfOne).Describe("List a customer's tickets",
            "All tickets of one customer, the latest first.");
        MapViews(api.MapGroup("/ticket_views").WithTags("Tickets"));
    }

    private static void MapViews(RouteGroupBuilder views)
    {
        views.MapGet("/", WriteTicketView.Handle).WithName("ListTicketViews").Needs("tickets:read").Lists(WriteTicketView.List).Describe("List ticket views",
            "Questions to the list of tickets that are kept under a name, by name: those that the caller may use.");
        views.MapPost("/", WriteTicketView.Create).WithName("CreateTicketView").Needs("tickets:write").MayAnswer(409, "too_many_ticket_views").MayAnswer(403, "sharing_not_allowed").Describe("Keep a view",
            $"Filters and order of the list of tickets under a name; what the list does not take is refused (422). Agents keep views for themselves and their teams, managers for everybody. At most {TicketViewBook.MostViews}.");
        views.MapGet("/{ticket_view_id}", WriteTicketView.Show).WithName("ShowTicketView").Needs("tickets:read").Describe("Show a ticket view",
            "One view. `GET /v1/tickets?view=` and its id asks it.");
        views.MapPatch("/{ticket_view_id}", WriteTicketView.Update).WithName("ChangeTicketView").Needs("tickets:write").MayAnswer(403, "sharing_not_allowed").Describe("Change a ticket view",
            "Absent members stay.");
        views.MapDelete("/{ticket_view_id}", WriteTicketView.Remove).WithName("RemoveTicketView").Needs("tickets:write").MayAnswer(403, "sharing_not_allowed").Describe("Delete a ticket view",
            "The tickets stay as they are.");
    }
}
