using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.Me;

internal static class MeRoutes
{
    public static IServiceCollection AddMe(this IServiceCollection services) => services.AddScoped<MyPassword>();

    /// <summary>Who is calling: the key or the person, their scopes and their tenant; and what people do for themselves.</summary>
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Me");

        me.MapGet("/", ShowMe.Handle).NeedsAnyKey().WithName("ShowMe").Describe("Show the caller",
            "The tenant, and the key or the person that the request was sent by, with their scopes. Any key may ask, and any person.");
        me.MapPatch("/", ChangeMe.Handle).NeedsUser().ChangesPeople().Describe("Change oneself",
            "The name that others see, in every tenant the person belongs to.");
        me.MapPost("/password", ChangePassword.Handle).NeedsUser().OpensItsOwnTransaction().Describe("Change one's password",
            "For the current one (401 `credentials_invalid`). Every session ends, this one too, in every tenant: sign in anew. 8 to 256 characters, any; those that everybody tries first are refused (422 `password_common`).");
        me.MapPost("/totp", StartTotp.Handle).NeedsUser().OpensItsOwnTransaction().Describe("Begin a second factor",
            "Answers a secret for an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds). Nothing changes before a code of it is shown; then a factor that was there is replaced.");
        me.MapPost("/totp/confirmation", ConfirmTotp.Handle).NeedsUser().OpensItsOwnTransaction().MayAnswer(409, "second_factor_not_started").Describe("Confirm a second factor",
            "With the app's first code. From now on sign-in asks for one. Answers ten recovery codes, each good once, which are not shown again.");
        me.MapPost("/totp/removal", RemoveTotp.Handle).NeedsUser().OpensItsOwnTransaction().MayAnswer(409, "second_factor_off").Describe("Remove one's second factor",
            "With the password and a code of the app or a recovery code. Sign-in then asks for the password alone.");
        me.MapPost("/recovery_codes", RemoveTotp.RenewRecoveryCodes).NeedsUser().OpensItsOwnTransaction().WithName("RenewRecoveryCodes").MayAnswer(409, "second_factor_off").Describe("Renew one's recovery codes",
            "Ten new ones, with the password and a code; those of before are worth nothing. They are not shown again.");
        me.MapPost("/departure", Leave.Handle).NeedsUser().Describe("Leave the tenant",
            "The caller is no longer a user of this data set, and their sessions in it end. The last owner cannot (409 `last_owner`).");
    }
}
