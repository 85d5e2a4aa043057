using CustomerCrm.BusinessCalendars;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.ContactPolicy;

/// <summary>What a data set has decided of how its customers may be written to. Each new one begins with these.</summary>
public record PolicySettings
{
    /// <summary>What each purpose needs of a customer's consents.</summary>
    public ConsentNeeds Consent { get; init; } = new();

    /// <summary>When nobody is written to, by the customer's own clock.</summary>
    public IReadOnlyList<QuietHours> QuietHours { get; init; } = [new()];

    /// <summary>Days of the week on which nobody is written to at all.</summary>
    public IReadOnlyList<DayOfWeek> QuietDays { get; init; } = [];

    /// <summary>Days on which nobody is written to at all.</summary>
    public IReadOnlyList<CalendarHoliday> Holidays { get; init; } = [];

    /// <summary>For which purposes there are quiet hours, quiet days and holidays.</summary>
    public IReadOnlyList<MessagePurpose> QuietPurposes { get; init; } = [MessagePurpose.Marketing];

    /// <summary>How much one customer is written to, over all channels. A message above a cap is refused, not put off: it would be stale.</summary>
    public IReadOnlyList<ContactCap> Caps { get; init; } = [new() { Per = CapPeriod.Day, Most = 2 }, new() { Per = CapPeriod.Week, Most = 5 }];

    /// <summary>How long one customer is left alone after a message; null: not at all.</summary>
    public MinimumGap? MinimumGap { get; init; }

    /// <summary>What else may stand in the way.</summary>
    public IReadOnlyList<GuardSetting> Guards { get; init; } = [];

    /// <summary>How many messages may leave on one day; what is above waits for the next one.</summary>
    public DailyLimits DailyLimits { get; init; } = new();

    /// <summary>E-mail addresses and phone numbers in E.164: the only ones that test data may be sent to.</summary>
    public IReadOnlyList<string> TestRecipients { get; init; } = [];

    /// <summary>How long a message may be put off before it is refused instead.</summary>
    public int MostDeferralHours { get; init; } = 72;

    /// <summary>Added to the links of every e-mail, where its template says nothing else.</summary>
    public LinkTags? LinkTags { get; init; }

    internal ConsentNeed NeedOf(MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.Marketing => Consent.Marketing,
        MessagePurpose.Service => Consent.Service,
        _ => Consent.Transactional,
    };
}
