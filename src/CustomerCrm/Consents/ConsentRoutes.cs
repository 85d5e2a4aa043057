using CustomerCrm.Consents.Ledger;
using CustomerCrm.Consents.OptIns;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy;
using CustomerCrm.Suppressions;

namespace CustomerCrm.Consents;

public static class ConsentRoutes
{
    public static IServiceCollection AddConsents(this IServiceCollection services) => services
        .AddScoped<ConsentStates>().AddScoped<TopicNames>()
        .AddScoped(all => new ConsentWriter(
            all.GetRequiredService<TenantDb>(), all.GetRequiredService<ConsentStates>(), all.GetRequiredService<TopicNames>(), all.GetRequiredService<SecretBox>(),
            all.GetRequiredService<CurrentTenant>(), all.GetRequiredService<Caller>(), all.GetRequiredService<EventLog>(), all.GetRequiredService<TimeProvider>()))
        .AddScoped<OptInStates>().AddScoped<OptInMessage>().AddScoped<OptInAsk>()
        .AddScoped(all => new OptInConfirmation(all.GetRequiredService<TenantDb>(), all.GetRequiredService<ConsentWriter>(), all.GetRequiredService<SuppressionKey>()))
        .AddJob<ExpireConsentsJob, ExpireConsents>();

    /// <summary>What customers said of being written to: a ledger that only grows, and what follows from it.</summary>
    public static void MapConsents(this IEndpointRouteBuilder api)
    {
        var consents = api.MapGroup("/consents").WithTags("Consents");
        consents.MapGet("/", ListConsents.Handle).Needs("consents:read").Lists(ListConsents.List).ReadsCurrent().Describe("List consents",
            "What holds now, of all customers, changed last first: one row for each customer, purpose, channel and topic of which something was ever said. A row without a topic holds for every topic that has no row of its own.");
        consents.MapPost("/batch", RecordManyConsents.Handle).Needs("consents:write").Describe("Record many consents",
            $"Up to {Batch.MostItems} items, for history above all: each keeps its `occurred_at` and its proof, and what is older than what is known changes nothing that holds. With `source` and `external_id` it can be sent again. 207 with a result per item, in their order. Send `Crm-Quiet: true` when loading history.");

        var ofCustomer = api.MapGroup("/customers/{customer_id}").WithTags("Consents");
        ofCustomer.MapGet("/consents", ListConsents.OfCustomer).WithName("ListCustomerConsents").Needs("consents:read").Lists(ListConsents.OfOne).ReadsCurrent().Describe("List a customer's consents",
            "What holds now for one customer, changed last first.");
        ofCustomer.MapPost("/consents", RecordConsent.Handle).Needs("consents:write").Produces<ConsentEntry>().Produces<ConsentEntry>(201).Describe("Record a consent",
            "Adds an entry to the ledger: what the customer said, when, and what proves it. With `double_opt_in` it is pending until the customer follows the link in a message that is sent at once; asked again within ten minutes, 200 answers the entry there is. `confirmation` says what became of that message: where it was `refused`, nobody was asked, and a second ask is a new one at once. With `source` and `external_id` it is recorded only once, and a repeat answers 200.");
        ofCustomer.MapGet("/consent_entries", ListConsentEntries.Handle).Needs("consents:read").Lists(ListConsentEntries.List).ReadsCurrent().Describe("List a customer's consent entries",
            "The ledger: everything that was ever said of this customer's consents, with its proof, the latest first. Entries never change, and go only with the customer.");
        ofCustomer.MapGet("/consent_entries/{consent_entry_id}", ListConsentEntries.Show).WithName("ShowConsentEntry").Needs("consents:read").Describe("Show a consent entry",
            "One entry of the ledger: what was said, when and where, by whom it was recorded, and what proves it.");
    }
}
