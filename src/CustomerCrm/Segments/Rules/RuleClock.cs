using CustomerCrm.Tenant;

namespace CustomerCrm.Segments.Rules;

/// <summary>When a rule is asked: now, where the tenant is.</summary>
internal sealed class RuleClock(CurrentSettings settings, TimeProvider clock)
{
    public async ValueTask<RuleMoment> NowAsync(CancellationToken ct) => RuleMoment.Of(clock.GetUtcNow(), await settings.GetAsync(ct));
}
