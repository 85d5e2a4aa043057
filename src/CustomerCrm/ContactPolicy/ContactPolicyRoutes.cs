using CustomerCrm.ContactPolicy.Deciding;
using CustomerCrm.ContactPolicy.Guards;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Http;

namespace CustomerCrm.ContactPolicy;

internal static class ContactPolicyRoutes
{
    public static IServiceCollection AddContactPolicy(this IServiceCollection services)
    {
        services.AddOptions<MessageOptions>().BindConfiguration("Messages").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddScoped<PolicyStore>().AddScoped<FactGathering>().AddScoped<CustomerTurn>().AddScoped<SendBudget>().AddScoped<Addresses>()
            .AddScoped(all => new ContactPolicies(all.GetRequiredService<FactGathering>(), all.GetRequiredService<PolicyStore>()))
            .AddScoped<IContactGuard, RefundedOrderGuard>().AddScoped<IContactGuard, CustomerTagGuard>();
    }

    /// <summary>How customers may be written to: consents, quiet hours, caps, guards and limits. Every message is asked, whoever sends it.</summary>
    public static void MapContactPolicy(this IEndpointRouteBuilder api)
    {
        var policy = api.MapGroup("/contact_policy").WithTags("ContactPolicy");

        policy.MapGet("/", ShowPolicy).Needs("contact_policy:read").Describe("Show the contact policy",
            "One for each data set. Until somebody changes it, marketing needs a consent, leaves customers alone between 21:00 and 8:00 by their own clock, and is at most 2 messages a day and 5 a week.");
        policy.MapPatch("/", ChangePolicy.Handle).Needs("contact_policy:write").Describe("Change the contact policy",
            "Absent members stay as they are; a list that is sent is the whole list. It holds from the answer on, also for messages that are queued: each is asked again when it is to leave.");
        policy.MapPost("/evaluate", EvaluatePolicy.Handle).ReadsOnly().Needs("contact_policy:read").Describe("Try the contact policy",
            "The dry run: would a message like this leave now, when, or why not? Every rule answers with its name, what it found and what it held that against. Nothing is sent or written.");
    }

    internal static Task<Policy> ShowPolicy(PolicyStore policies, CancellationToken ct) => policies.ReadAsync(ct);
}
