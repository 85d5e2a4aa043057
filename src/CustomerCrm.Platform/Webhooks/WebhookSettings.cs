using Microsoft.Extensions.Options;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>What the sender goes by, with the chance that spreads retries.</summary>
internal sealed class WebhookSettings(IOptions<WebhookOptions> options)
{
    public TimeSpan Lease => options.Value.Lease;
    public IReadOnlyList<TimeSpan> Delays => options.Value.Delays;

    /// <summary>From 0 up to 1; tests fix it.</summary>
    public Func<double> Chance { get; set; } = Random.Shared.NextDouble;
}
