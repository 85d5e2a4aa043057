using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform.Webhooks;

/// <summary>Settings <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    // Standard Webhooks 1.0: 75.6 hours in all.
    private static readonly TimeSpan[] standard =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait before each attempt, counted from the failure of the one before. Other than the standard's in development and tests only.</summary>
    public IReadOnlyList<TimeSpan>? Schedule { get; set; }

    /// <summary>For all of an attempt: name, connection, request and answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an endpoint is left to the process that serves it, if that says nothing. Must be well over <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How often to look without being told, for what other processes wrote or what has become due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")] public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many deliveries one endpoint gets at once while it answers well. One that fails gets fewer, down to one at a time.</summary>
    [Range(1, 64)] public int MostPerEndpoint { get; set; } = 8;

    /// <summary>How many endpoints this process calls at once. A quarter of them is for those that answered last time, whatever the others do.</summary>
    [Range(4, 100_000)] public int MostAtOnce { get; set; } = 4096;

    internal IReadOnlyList<TimeSpan> Delays => Schedule is { Count: > 0 } own ? own : standard;

    /// <exception cref="ArgumentException">The schedule was changed in Production.</exception>
    internal static void Check(IConfiguration configuration)
    {
        var isProduction = string.Equals(configuration["environment"] ?? "Production", "Production", StringComparison.OrdinalIgnoreCase);
        if (isProduction && configuration.GetSection("Webhooks:Schedule").GetChildren().Any())
            throw new ArgumentException("Webhooks:Schedule is for development and tests; in Production the schedule is the published one.");
    }
}
