using System.ComponentModel.DataAnnotations;

namespace CustomerCrm.Tenants;

/// <summary>Who may create tenants: setting <c>Signup:Mode</c>.</summary>
public enum SignupMode
{
    /// <summary>Whoever holds the operator's key.</summary>
    Operator,

    /// <summary>Anyone who can reach the API. For development.</summary>
    Open,
}

public sealed class SignupOptions
{
    /// <summary>Not set: open in Development, the operator's elsewhere.</summary>
    [EnumDataType(typeof(SignupMode))] public SignupMode? Mode { get; set; }

    public bool IsOpen(IHostEnvironment environment) =>
        (Mode ?? (environment.IsDevelopment() ? SignupMode.Open : SignupMode.Operator)) == SignupMode.Open;
}
