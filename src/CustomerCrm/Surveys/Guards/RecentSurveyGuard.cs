using System.Globalization;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.Surveys.Guards;

/// <summary>Not more than one survey to a person in so many days, whichever survey it is. Other messages pass.</summary>
internal sealed class RecentSurveyGuard(TenantDb db) : IContactGuard
{
    /// <summary>What messages of surveys give as their reason.</summary>
    public const string Reason = "survey";

    public string Name => "recent_survey";

    public (string, string)? WhyNot(GuardSetting setting) => setting.Days is null ? ("days", "For how many days after another survey.") : null;

    // Whoever asks about a customer and no message asks whether a survey could be sent.
    public Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct) => FindAsync(customerId, null, setting, now, ct);

    public Task<GuardFinding> LookAsync(ContactQuestion question, GuardSetting setting, DateTimeOffset now, CancellationToken ct) => question.ReasonKind == Reason
        ? FindAsync(question.CustomerId!.Value, question.ReasonId, setting, now, ct)
        : Task.FromResult(new GuardFinding(true, null));

    private async Task<GuardFinding> FindAsync(Id<Customer> customerId, string? exceptId, GuardSetting setting, DateTimeOffset now, CancellationToken ct)
    {
        var except = Id<SurveyInvitation>.TryRead(exceptId, out var own) ? own : new Id<SurveyInvitation>(Guid.Empty);
        var last = await db.QueryTopAsync<DateTimeOffset>(Latest, 1, new { CustomerId = customerId, Except = except, After = now.AddDays(-setting.Days!.Value) }, ct);
        return last is [var at] ? new GuardFinding(false, at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)) : new GuardFinding(true, null);
    }

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT i.SentAt
        FROM SurveyInvitations i
        WHERE i.TenantId = @TenantId
          AND i.CustomerId = @CustomerId
          AND i.SentAt > @After
          AND i.Id <> @Except
        ORDER BY i.SentAt DESC
        """);
}
