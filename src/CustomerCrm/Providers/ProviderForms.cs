using System.ComponentModel.DataAnnotations;
using CustomerCrm.Platform.Validation;

namespace CustomerCrm.Providers;

/// <summary>What connecting and changing an account check alike.</summary>
internal static class ProviderForms
{
    /// <summary>What can stand in a header.</summary>
    public const string Visible = "^[!-~]+$";

    public const string Ports = "One of 25, 465, 587 and 2525.";

    /// <summary>Each kind has one secret, under a name of its own.</summary>
    /// <param name="kind">Of the account.</param>
    /// <param name="apiKey">As it was sent.</param>
    /// <param name="password">As it was sent.</param>
    /// <param name="authToken">As it was sent.</param>
    /// <param name="isNeeded">It must be there; of a mail server only where somebody signs in.</param>
    /// <param name="userName">Who signs in at the mail server.</param>
    public static IEnumerable<ValidationResult> CheckSecret(ProviderKind kind, string? apiKey, string? password, string? authToken, bool isNeeded, string? userName)
    {
        foreach (var (name, value, of) in new[] { ("ApiKey", apiKey, ProviderKind.SendGrid), ("Password", password, ProviderKind.Smtp), ("AuthToken", authToken, ProviderKind.Twilio) })
        {
            if (of != kind && value is not null) yield return new BrokenRule("not_of_this_kind", "Accounts of this kind have no such secret.", name);
            if (of == kind && value is null && isNeeded && (kind != ProviderKind.Smtp || userName is not null)) yield return new BrokenRule("required", "A value is required.", name);
        }
    }
}
