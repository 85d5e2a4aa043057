using System.ComponentModel.DataAnnotations;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Customers.Identities.Forms;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Json;
using CustomerCrm.Platform.Problems;

namespace CustomerCrm.ContactPolicy;

/// <summary>PATCH /contact_policy. A list that is sent is the whole list; what is already queued is asked again when it is to leave.</summary>
public static class ChangePolicy
{
    /// <example>{"caps":[{"per":"week","most":3}],"holidays":[{"date":"2030-12-25","name":"Christmas"}],"daily_limits":{"email":5000,"sms":100}}</example>
    public sealed record Request
    {
        [Required] public Change<ConsentNeeds> Consent { get; init; }

        /// <summary>At most 14.</summary>
        [Required, MaxLength(14)] public Change<IReadOnlyList<QuietHours>> QuietHours { get; init; }

        [Required, MaxLength(6)] public Change<IReadOnlyList<DayOfWeek>> QuietDays { get; init; }

        /// <summary>At most 400.</summary>
        [Required, MaxLength(400)] public Change<IReadOnlyList<CalendarHoliday>> Holidays { get; init; }

        [Required, MaxLength(3)] public Change<IReadOnlyList<MessagePurpose>> QuietPurposes { get; init; }

        /// <summary>At most 20.</summary>
        [Required, MaxLength(20)] public Change<IReadOnlyList<ContactCap>> Caps { get; init; }

        /// <summary>Null takes it away.</summary>
        public Change<MinimumGap> MinimumGap { get; init; }

        /// <summary>At most 20.</summary>
        [Required, MaxLength(20)] public Change<IReadOnlyList<GuardSetting>> Guards { get; init; }

        /// <summary>422 <c>above_ceiling</c> above what the operator allows.</summary>
        [Required] public Change<DailyLimits> DailyLimits { get; init; }

        /// <summary>At most 100.</summary>
        [Required, MaxLength(100)] public Change<IReadOnlyList<string>> TestRecipients { get; init; }

        /// <summary>1 to 720.</summary>
        [Required, Range(1, 720)] public Change<int?> MostDeferralHours { get; init; }

        /// <summary>Null takes them away.</summary>
        public Change<LinkTags> LinkTags { get; init; }
    }

    internal static async Task<Policy> Handle(Request request, IfMatch ifMatch, PolicyStore policies, IEnumerable<IContactGuard> guards, EventLog events, CancellationToken ct)
    {
        var current = await policies.ReadAsync(ct);
        ifMatch.Check(current.Revision);
        var wanted = Applied(request, current);
        if (WrongOf(wanted, current.Ceilings, [.. guards]).ToArray() is { Length: > 0 } wrong) throw ApiProblem.Invalid(wrong);

        var changed = await policies.WriteAsync(current, wanted, ct);
        if (changed != current) events.Record("contact_policy.updated", changed);
        return changed;
    }

    private static PolicySettings Applied(Request request, PolicySettings current) => new()
    {
        Consent = request.Consent.Or(current.Consent)!,
        QuietHours = request.QuietHours.Or(current.QuietHours)!,
        QuietDays = request.QuietDays.Or(current.QuietDays)!,
        Holidays = request.Holidays.Or(current.Holidays)!,
        QuietPurposes = request.QuietPurposes.Or(current.QuietPurposes)!,
        Caps = request.Caps.Or(current.Caps)!,
        MinimumGap = request.MinimumGap.Or(current.MinimumGap),
        Guards = request.Guards.Or(current.Guards)!,
        DailyLimits = request.DailyLimits.Or(current.DailyLimits)!,
        TestRecipients = [.. request.TestRecipients.Or(current.TestRecipients)!.Select(to => Normal(to) ?? to)],
        MostDeferralHours = request.MostDeferralHours.Or(current.MostDeferralHours)!.Value,
        LinkTags = request.LinkTags.Or(current.LinkTags),
    };

    private static IEnumerable<FieldError> WrongOf(PolicySettings settings, DailyLimits ceilings, IReadOnlyList<IContactGuard> known)
    {
        if (settings.DailyLimits.Email > ceilings.Email) yield return AboveCeiling("email", ceilings.Email);
        if (settings.DailyLimits.Sms > ceilings.Sms) yield return AboveCeiling("sms", ceilings.Sms);
        for (var i = 0; i < settings.TestRecipients.Count; i++)
            if (Normal(settings.TestRecipients[i]) is null) yield return new FieldError($"/test_recipients/{i}", "address_invalid", "An e-mail address, or a phone number with its country calling code.");
        for (var i = 0; i < settings.Guards.Count; i++)
        {
            var guard = known.FirstOrDefault(g => g.Name == settings.Guards[i].Name);
            if (guard is null) yield return new FieldError($"/guards/{i}/name", "unknown_guard", $"One of: {string.Join(", ", known.Select(g => g.Name))}.");
            else if (guard.WhyNot(settings.Guards[i]) is { } wrong) yield return new FieldError($"/guards/{i}/{wrong.Member}", "required", wrong.Detail);
        }
    }

    private static FieldError AboveCeiling(string channel, int ceiling) =>
        new($"/daily_limits/{channel}", "above_ceiling", $"The operator of this installation allows {ceiling} a day.");

    internal static string? Normal(string address) => address.Contains('@', StringComparison.Ordinal)
        ? EmailAddress.Read(address).Value?.Key
        : PhoneNumber.Read(address, country: null).Value?.E164;
}
