namespace CustomerCrm.Platform.Validation;

/// <summary>A rule that names what is wrong, for programs.</summary>
public interface ICoded
{
    string Code { get; }
}
