using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.ContactPolicy;

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
