using CustomerCrm.Platform.Problems;

namespace CustomerCrm.Customers.Identities.Forms;

/// <summary>An e-mail address that somebody typed to sign in or to be written to.</summary>
public static class EmailKey
{
    /// <summary>What no address is has a key too, which nobody's is: to a sign-in, nonsense and a stranger are the same.</summary>
    public static string Of(string text) => EmailAddress.Read(text).Value?.Key ?? $"?{text.Trim().ToLowerInvariant()}";

    /// <exception cref="ApiProblem">422 at <c>/email</c>: this is no address.</exception>
    public static EmailAddress Require(string text) =>
        EmailAddress.Read(text) is { IsValid: true, Value: { } email } ? email : throw Refused(EmailAddress.Read(text));

    private static ApiProblem Refused(Reading<EmailAddress> reading) => ApiProblem.Invalid("/email", reading.Code, reading.Detail);
}
