using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.ContactPolicy;

/// <summary>How the data set may write to its customers, and what the installation allows at most.</summary>
public sealed record Policy : PolicySettings, IVersioned
{
    [SetsRequiredMembers]
    internal Policy(PolicySettings settings, DailyLimits ceilings, int revision, DateTimeOffset? updatedAt) : base(settings) =>
        (Ceilings, Revision, UpdatedAt) = (ceilings, revision, updatedAt);

    /// <summary>What the operator of the installation allows; the lower of the two holds.</summary>
    public required DailyLimits Ceilings { get; init; }

    public required int Revision { get; init; }

    /// <summary>Null while it is as at the beginning.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
