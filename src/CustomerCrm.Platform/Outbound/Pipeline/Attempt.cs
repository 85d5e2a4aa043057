namespace CustomerCrm.Platform.Outbound.Pipeline;

/// <summary>What one call to a provider came to, and what that says of the provider.</summary>
internal sealed record Attempt(SendOutcome Outcome, AttemptEnd End);

internal enum AttemptEnd
{
    /// <summary>The provider answered and works.</summary>
    Answered,

    /// <summary>It asks us to come later.</summary>
    Throttled,

    /// <summary>It was not reached.</summary>
    Unreached,

    /// <summary>It was reached, and failed or fell silent.</summary>
    Lost,
}
