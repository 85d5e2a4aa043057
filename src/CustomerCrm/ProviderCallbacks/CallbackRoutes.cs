using CustomerCrm.Platform.Jobs;
using CustomerCrm.ProviderCallbacks.Inbound;
using CustomerCrm.ProviderCallbacks.Reports;
using CustomerCrm.Providers;
using Microsoft.AspNetCore.Mvc;

namespace CustomerCrm.ProviderCallbacks;

public static class CallbackRoutes
{
    public static IServiceCollection AddProviderCallbacks(this IServiceCollection services) => services
        .AddScoped<CallbackDoor>().AddScoped<CallbackReceipts>().AddScoped<ReportDesk>().AddScoped<MessageNews>()
        .AddScoped<InboundDesk>().AddScoped<InboundFiles>().AddScoped<KeywordDesk>().AddScoped<HelpAnswer>().AddScoped<KeywordWords>().AddScoped<AnsweredMessages>().AddScoped<IInboundRouter, InteractionRouter>()
        .AddJob<PruneCallbacksJob, PruneCallbacks>();

    /// <summary>What providers tell us, and what customers write to our tenants. Outside <c>/v1</c>: the providers say what it looks like.</summary>
    public static void MapProviderCallbacks(this IEndpointRouteBuilder app)
    {
        app.MapPost($"{CallbackAddresses.Status}/{{token}}", TakeTwilioStatus.Handle).Takes(CallbackDoor.MostOfForm);
        app.MapPost($"{CallbackAddresses.Sms}/{{token}}", TakeSms.Handle).Takes(CallbackDoor.MostOfForm);
        app.MapPost($"{CallbackAddresses.Events}/{{token}}", TakeSendGridEvents.Handle).Takes(CallbackDoor.MostOfEvents);
        app.MapPost(CallbackAddresses.Events, TakeInstallationEvents.Handle).Takes(CallbackDoor.MostOfEvents);
        app.MapPost($"{CallbackAddresses.Parsed}/{{token}}", TakeParsedEmail.Handle).Takes(CallbackDoor.MostOfMail);
        app.MapPost($"{CallbackAddresses.Raw}/{{token}}", TakeRawEmail.Handle).Takes(CallbackDoor.MostOfMail);
    }

    private static void Takes(this RouteHandlerBuilder route, int most) => route.WithMetadata(new RequestSizeLimitAttribute(most)).ExcludeFromDescription();
}
