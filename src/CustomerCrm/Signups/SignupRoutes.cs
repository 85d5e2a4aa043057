using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;
using CustomerCrm.Tenants;
using Microsoft.Extensions.Options;

namespace CustomerCrm.Signups;

internal static class SignupRoutes
{
    /// <summary>New tenants for people who come by themselves, or are asked to by the operator.</summary>
    public static void MapSignups(this IEndpointRouteBuilder api)
    {
        var signups = api.MapGroup("/signups").WithTags("Signups");
        var isOpen = api.ServiceProvider.GetRequiredService<IOptions<SignupOptions>>().Value.IsOpen(api.ServiceProvider.GetRequiredService<IHostEnvironment>());

        signups.MapPost("/", StartSignup.Handle).NeedsOperator(unlessOpen: isOpen).OpensItsOwnTransaction().MayAnswer(403, "signup_closed").Describe("Sign up",
            "Sends a letter with a token to the address, and answers the same whether it is known here or not. Setting `Signup:Mode`: `open` for anyone, `invite` for those whom the operator signs up with their key, `closed` for nobody (403 `signup_closed`). A few letters an hour to one address (429).");
        signups.MapPost("/confirmation", ConfirmSignup.Handle).ForAnyone().OpensItsOwnTransaction().MayAnswer(409, "already_exists").Describe("Confirm a sign-up",
            "With the token from the letter: makes the tenant, its live and its test data, and its owner, who can then sign in. A new person gives a name and a new password; who is known here already gives the password they have (401 `credentials_invalid`).");
    }
}
