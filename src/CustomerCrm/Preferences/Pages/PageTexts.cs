namespace CustomerCrm.Preferences.Pages;

/// <summary>What the public pages say in one language. {0} and {1} stand for what is named: the tenant, a topic, a channel.</summary>
internal sealed record PageTexts
{
    /// <summary>For <c>lang</c>, BCP 47.</summary>
    public required string Language { get; init; }

    public required string Preferences { get; init; }

    /// <summary>0: the tenant.</summary>
    public required string PreferencesIntro { get; init; }

    /// <summary>0: the masked address.</summary>
    public required string For { get; init; }

    public required string Email { get; init; }
    public required string Sms { get; init; }
    public required string OtherNews { get; init; }
    public required string OtherNewsHint { get; init; }
    public required string Waiting { get; init; }
    public required string Reason { get; init; }
    public required string Save { get; init; }
    public required string StopAll { get; init; }
    public required string Saved { get; init; }

    /// <summary>0: the tenant.</summary>
    public required string StoppedAll { get; init; }

    public required string Unsubscribe { get; init; }

    /// <summary>0: the tenant, 1: the channel, 2: the topic.</summary>
    public required string UnsubscribeTopic { get; init; }

    /// <summary>0: the tenant, 1: the channel.</summary>
    public required string UnsubscribeAll { get; init; }

    public required string Unsubscribed { get; init; }
    public required string ToPreferences { get; init; }
    public required string OptIn { get; init; }

    /// <summary>0: the tenant, 1: the channel, 2: the topic.</summary>
    public required string OptInTopic { get; init; }

    /// <summary>0: the tenant, 1: the channel.</summary>
    public required string OptInAll { get; init; }

    public required string OptInButton { get; init; }
    public required string OptInDone { get; init; }
    public required string NotFound { get; init; }
    public required string NotFoundHint { get; init; }
}
