using CustomerCrm.Platform.Letters;

namespace CustomerCrm.PasswordResets;

/// <summary>What a person is told when their password has changed: if it was not they, this is how they learn of it.</summary>
internal static class PasswordChanged
{
    public static Letter LetterTo(string email) => new()
    {
        To = email,
        Subject = "Your password was changed",
        Text = """
            The password of this e-mail address was changed, and every session has ended.

            If it was not you, ask for a password reset now, and tell an owner of your tenant.
            """,
    };
}
