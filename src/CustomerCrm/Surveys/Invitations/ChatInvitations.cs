using CustomerCrm.Conversations;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Says the question in the conversation that it is about, or in that of the ticket it is about.</summary>
internal sealed class ChatInvitations(TenantDb db, ConversationWriter conversations)
{
    /// <returns>False: there is no such conversation; the question waits for whoever shows it by the API.</returns>
    public async Task<bool> SayAsync(SurveyInvitation invitation, string text, CancellationToken ct)
    {
        if (invitation.AboutKey is not { } about) return false;
        var key = invitation.AboutKind switch
        {
            SurveySubject.Conversation => await db.FindAsync<byte[]>(Known, new { Id = about, invitation.CustomerId }, ct),
            SurveySubject.Ticket => await db.FindAsync<byte[]>(OfTicket, new { Id = about, invitation.CustomerId }, ct),
            _ => null,
        };
        if (key is null) return false;
        await conversations.AppendAsync(Id<Conversation>.FromBytes(key), new NewEntry { Author = EntryAuthor.System, Text = text, Source = "survey_invitation", ExternalId = invitation.Id.ToString() }, ct);
        return true;
    }

    private static readonly TenantSql Known = TenantSql.Of("SELECT c.Id FROM Conversations c WHERE c.TenantId = @TenantId AND c.Id = @Id AND c.CustomerId = @CustomerId");

    private static readonly TenantSql OfTicket = TenantSql.Of("""
        SELECT c.Id
        FROM Tickets t
        JOIN Conversations c ON c.TenantId = t.TenantId AND c.Id = t.ConversationId
        WHERE t.TenantId = @TenantId
          AND t.Id = @Id
          AND c.CustomerId = @CustomerId
        """);
}
