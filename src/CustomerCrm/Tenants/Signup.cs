using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Tenants;

/// <summary>Who may have a tenant: setting <c>Signup:Mode</c>.</summary>
public enum SignupMode
{
    /// <summary>Only those for whom the operator makes one.</summary>
    Closed,

    /// <summary>And those whom the operator signs up: they get a letter, and the tenant is theirs when they answer it.</summary>
    Invite,

    /// <summary>Anyone with an e-mail address.</summary>
    Open,
}

public sealed class SignupOptions
{
    /// <summary>Not set: open in Development, closed elsewhere.</summary>
    [EnumDataType(typeof(SignupMode))] public SignupMode? Mode { get; set; }

    public SignupMode ModeIn(IHostEnvironment environment) => Mode ?? (environment.IsDevelopment() ? SignupMode.Open : SignupMode.Closed);

    /// <summary>Anyone may sign up, with a letter.</summary>
    public bool IsOpen(IHostEnvironment environment) => ModeIn(environment) == SignupMode.Open;

    /// <summary>Anyone who can reach the API may make a tenant at once and gets its keys, with no e-mail address to answer for it: for development alone.</summary>
    public bool NeedsNoLetter(IHostEnvironment environment) => environment.IsDevelopment() && IsOpen(environment);
}
