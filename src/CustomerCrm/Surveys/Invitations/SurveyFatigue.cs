using CustomerCrm.ContactPolicy;
using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Surveys.Guards;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Asks the policy's limit on surveys of invitations that go out by no message: a link, or a question in a chat.</summary>
internal sealed class SurveyFatigue(ContactPolicies policies, RecentSurveyGuard guard, TimeProvider clock)
{
    public async Task<IReadOnlyList<RuleFinding>> AskAsync(SurveyInvitation invitation, MessagePurpose purpose, CancellationToken ct)
    {
        var findings = new List<RuleFinding>();
        foreach (var setting in (await policies.CurrentAsync(ct)).Guards.Where(setting => setting.Name == guard.Name && setting.Purposes.Contains(purpose)))
        {
            var found = await guard.LookAsync(invitation.CustomerId, setting, clock.GetUtcNow(), ct);
            findings.Add(InvitationSending.Finding($"guard:{guard.Name}", found.IsClear ? RuleOutcome.Passed : RuleOutcome.Denied, found.Value, $"{setting.Days} days",
                found.IsClear ? "The guard found nothing." : "The guard stands in the way."));
        }
        return findings;
    }
}
