using System.Globalization;
using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Customers;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Surveys.Guards;

/// <summary>Nothing for so many days after a detractor's score: who has just said that they are unhappy is not sold anything.</summary>
internal sealed class LowScoreGuard(TenantDb db) : IContactGuard
{
    public string Name => "low_survey_score";

    public (string, string)? WhyNot(GuardSetting setting) => setting.Days is null ? ("days", "For how many days after a low score.") : null;

    public async Task<GuardFinding> LookAsync(Id<Customer> customerId, GuardSetting setting, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.QueryTopAsync<DateTimeOffset>(Latest, 1, new { CustomerId = customerId, Low = ScoreStanding.Low, After = now.AddDays(-setting.Days!.Value) }, ct);
        return last is [var at] ? new GuardFinding(false, at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)) : new GuardFinding(true, null);
    }

    private static readonly TenantSql Latest = TenantSql.Of("""
        SELECT r.AnsweredAt
        FROM SurveyResponses r
        WHERE r.TenantId = @TenantId
          AND r.CustomerId = @CustomerId
          AND r.AnsweredAt > @After
          AND r.Standing = @Low
        ORDER BY r.AnsweredAt DESC
        """);
}
