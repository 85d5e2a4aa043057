using System.ComponentModel.DataAnnotations;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Validation;

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
    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

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

/// <summary>By purpose. Marketing always asks: without any consent, or at least without a customer's no.</summary>
public sealed record ConsentNeeds : IValidatableObject
{
    public ConsentNeed Marketing { get; init; } = ConsentNeed.Granted;
    public ConsentNeed Service { get; init; } = ConsentNeed.NotWithdrawn;
    public ConsentNeed Transactional { get; init; } = ConsentNeed.None;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Marketing == ConsentNeed.None) yield return new BrokenRule("consent_needed", "Marketing never goes to those who said no: granted or not_withdrawn.", nameof(Marketing));
    }
}

public enum ConsentNeed
{
    /// <summary>The customer has said yes.</summary>
    Granted,

    /// <summary>The customer has not said no.</summary>
    NotWithdrawn,

    /// <summary>Whatever the customer has said.</summary>
    None,
}

/// <summary>From one time of the day until another; past midnight where that is not later.</summary>
public sealed record QuietHours
{
    /// <summary>On which days it begins.</summary>
    [MinLength(1), MaxLength(7)]
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [.. Enum.GetValues<DayOfWeek>()];

    /// <example>21:00:00</example>
    public TimeOnly From { get; init; } = new(21, 0);

    /// <summary>From then on messages may leave.</summary>
    /// <example>08:00:00</example>
    public TimeOnly Until { get; init; } = new(8, 0);
}

public sealed record Holiday : IValidatableObject
{
    public required DateOnly Date { get; init; }

    /// <example>New Year</example>
    [StringLength(100, MinimumLength = 1)] public required string Name { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Date == default) yield return new BrokenRule("required", "Say which day.", nameof(Date));
    }
}

/// <summary>So many messages of these purposes in any stretch of this length that ends with the message.</summary>
public sealed record ContactCap
{
    /// <example>day</example>
    public CapPeriod Per { get; init; }

    /// <example>2</example>
    [Range(0, 1000)] public int Most { get; init; } = -1;

    /// <summary>Which purposes count and are held back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];

    internal TimeSpan Length => Per switch
    {
        CapPeriod.Day => TimeSpan.FromDays(1),
        CapPeriod.Week => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(30),
    };
}

public enum CapPeriod
{
    /// <summary>24 hours.</summary>
    Day,

    /// <summary>7 days.</summary>
    Week,

    /// <summary>30 days.</summary>
    Month,
}

public sealed record MinimumGap
{
    /// <example>240</example>
    [Range(1, 43_200)] public int Minutes { get; init; }

    /// <summary>Which purposes count and are held back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];
}

/// <summary>A guard that is on, and its numbers.</summary>
public sealed record GuardSetting
{
    /// <summary><c>refunded_order</c>: nothing for so many days after an order was refunded. <c>customer_tag</c>: nothing to customers with a tag.</summary>
    /// <example>refunded_order</example>
    [StringLength(50, MinimumLength = 1)] public required string Name { get; init; }

    /// <summary>For guards that look back.</summary>
    /// <example>14</example>
    [Range(1, 365)] public int? Days { get; init; }

    /// <summary>For guards that ask for a tag.</summary>
    /// <example>do not disturb</example>
    [StringLength(50, MinimumLength = 1)] public string? Tag { get; init; }

    /// <summary>Which purposes it holds back.</summary>
    [MinLength(1), MaxLength(3)] public IReadOnlyList<MessagePurpose> Purposes { get; init; } = [MessagePurpose.Marketing];
}

/// <summary>Messages per day of the tenant's time zone. The installation's operator has ceilings of their own.</summary>
public sealed record DailyLimits
{
    /// <example>10000</example>
    [Range(0, 10_000_000)] public int Email { get; init; } = 10_000;

    /// <example>500</example>
    [Range(0, 10_000_000)] public int Sms { get; init; } = 500;

    internal int Of(MessageChannel channel) => channel == MessageChannel.Sms ? Sms : Email;
}

/// <summary>What links say of where their visitors come from. A parameter that a link has already stays as it is.</summary>
public sealed record LinkTags
{
    /// <example>crm</example>
    [StringLength(100, MinimumLength = 1)] public string? UtmSource { get; init; }

    /// <example>email</example>
    [StringLength(100, MinimumLength = 1)] public string? UtmMedium { get; init; }

    /// <example>spring_2030</example>
    [StringLength(100, MinimumLength = 1)] public string? UtmCampaign { get; init; }

    /// <summary>These, and where one is missing, the other's.</summary>
    internal LinkTags Over(LinkTags? other) => new()
    {
        UtmSource = UtmSource ?? other?.UtmSource,
        UtmMedium = UtmMedium ?? other?.UtmMedium,
        UtmCampaign = UtmCampaign ?? other?.UtmCampaign,
    };
}
