using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.ContactPolicy;

/// <summary>The section <c>Messages</c> of the configuration: what the operator of the installation says.</summary>
public sealed class MessageOptions
{
    /// <summary>The most e-mails of one data set on one day, whatever its owner sets.</summary>
    [Range(0, 10_000_000)] public int MostEmailsPerDay { get; set; } = 100_000;

    /// <summary>The most parts of text messages of one data set on one day, whatever its owner sets.</summary>
    [Range(0, 10_000_000)] public int MostSmsPerDay { get; set; } = 5_000;

    /// <summary>How long a message that certainly was not sent is tried again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    internal DailyLimits Ceilings => new() { Email = MostEmailsPerDay, Sms = MostSmsPerDay };
}
