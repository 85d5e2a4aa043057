using CustomerCrm.Interactions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Surveys;
using CustomerCrm.Tickets;

namespace CustomerCrm.SurveyResponses.FollowUps;

/// <summary>Opens a ticket for a low score, in the customer's name and for whoever is named.</summary>
internal sealed class LowScoreTickets(TicketWriter tickets)
{
    public async Task<Ticket> OpenAsync(SurveyResponse response, string subject, string body, LowScoreSettings settings, Id<Users.User>? userId, CancellationToken ct) => await tickets.OpenAsync(new NewTicket
    {
        CustomerId = response.CustomerId!.Value,
        Subject = subject,
        Type = TicketType.Problem,
        Priority = TicketPriority.High,
        Channel = InteractionChannel.Web,
        Language = response.Language,
        AssigneeId = userId,
        TeamId = settings.TeamId,
        First = new Conversations.NewEntry { Kind = Conversations.EntryKind.Note, Author = Conversations.EntryAuthor.System, Text = body },
        Origin = new TicketOrigin(FollowUpOpening.Source, response.Id.ToString()),
    }, ct);
}
