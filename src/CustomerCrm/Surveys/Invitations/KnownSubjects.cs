using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Reads what a survey is to be about, and sees that it is there.</summary>
internal sealed class KnownSubjects(TenantDb db)
{
    /// <returns>The key of what it is about; null: it is about nothing.</returns>
    /// <exception cref="ApiProblem">422: it is of no such kind, or there is none.</exception>
    public async Task<byte[]?> KeyOfAsync(SurveySubject? about, CancellationToken ct)
    {
        if (about is null) return null;
        var key = SurveySubject.KeyOf(about.Kind, about.Id) ?? throw ApiProblem.Invalid("/about/id", "value_invalid", "kind is order, ticket or conversation, and id the id of one.");
        var look = about.Kind switch
        {
            SurveySubject.Ticket => HasTicket,
            SurveySubject.Conversation => HasConversation,
            _ => HasOrder,
        };
        return await db.FindAsync<int?>(look, new { Key = key }, ct) is not null ? key : throw ApiProblem.Invalid("/about/id", "unknown_subject", $"There is no such {about.Kind}.");
    }

    private static readonly TenantSql HasOrder = TenantSql.Of("SELECT 1 FROM Orders o WHERE o.TenantId = @TenantId AND o.Id = @Key");

    private static readonly TenantSql HasTicket = TenantSql.Of("SELECT 1 FROM Tickets t WHERE t.TenantId = @TenantId AND t.Id = @Key");

    private static readonly TenantSql HasConversation = TenantSql.Of("SELECT 1 FROM Conversations c WHERE c.TenantId = @TenantId AND c.Id = @Key");
}
