using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Platform.People;

/// <summary>How a sign-in is refused: in one way for a wrong password and for nobody, so that it teaches nothing about who is here.</summary>
public static class SignInRefusals
{
    public static ApiProblem Credentials() => ApiProblem.Unauthorized("credentials_invalid", "The e-mail address or the password is wrong.");

    public static ApiProblem SecondFactor() => ApiProblem.Unauthorized("second_factor_invalid", "The code is wrong, or was used before. Wait for the next one, or use a recovery code.");
}
