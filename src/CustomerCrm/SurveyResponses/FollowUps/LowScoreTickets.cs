using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Teams;
using CustomerCrm.Tickets;
using CustomerCrm.Users;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>Opens a ticket for a low score, in the customer's name and for whoever is named.</summary>
internal sealed class LowScoreTickets(TicketWriter tickets)
{
    public async Task<Ticket> OpenAsync(SurveyResponse response, string subject, string body, Id<User>? userId, Id<Team>? teamId, CancellationToken ct) => await tickets.OpenAsync(new NewTicket
    {
        CustomerId = response.CustomerId!.Value,
        Subject = subject,
        Type = TicketType.Problem,
        Priority = TicketPriority.High,
        Channel = InteractionChannel.Web,
        Language = response.Language,
        AssigneeId = userId,
        TeamId = teamId,
        First = new Conversations.NewEntry { Kind = Conversations.EntryKind.Note, Author = Conversations.EntryAuthor.System, Text = body },
        Origin = new TicketOrigin(FollowUpOpening.Source, response.Id.ToString()),
    }, ct);
}
