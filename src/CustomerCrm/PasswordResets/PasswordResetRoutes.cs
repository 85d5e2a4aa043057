using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;

namespace CustomerCrm.PasswordResets;

internal static class PasswordResetRoutes
{
    public static IServiceCollection AddPasswordResets(this IServiceCollection services) => services.AddJob<SendResetJob, SendReset>();

    /// <summary>Forgotten passwords: a letter with a token, and a new password for it.</summary>
    public static void MapPasswordResets(this IEndpointRouteBuilder api)
    {
        var resets = api.MapGroup("/password_resets").WithTags("PasswordResets");

        resets.MapPost("/", AskForReset.Handle).ForAnyone().OpensItsOwnTransaction().Describe("Ask for a password reset",
            "If somebody has this address, a letter with a token goes there; the answer and its time are the same if nobody has. A few letters an hour to one address (429).");
        resets.MapPost("/confirmation", ResetPassword.Handle).ForAnyone().OpensItsOwnTransaction().Describe("Reset a password",
            "With the token from the letter, which works once and for an hour. Every session of the person ends, in every tenant; the second factor stays and is asked for at the next sign-in.");
    }
}
