using CustomerCrm.Customers.Identities;
using CustomerCrm.Customers.Resolution;
using CustomerCrm.Customers.Searching;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Customers;

public static class CustomerRoutes
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddScoped<CustomerWriter>().AddScoped<CustomerSeen>().AddScoped<CustomerValues>().AddScoped<CustomerFinder>().AddScoped<CustomerSearch>()
        .AddScoped<CustomerLoad>().AddJob<IndexImportedJob, IndexImported>()
        .AddSingleton(CustomerFields.Owner).AddSingleton(CustomerRecord.Kind).AddScoped<IRestored, RestoredCustomers>()
        .AddScoped<IdentityReader>().AddScoped<IdentityOwners>().AddScoped<PrimaryCopies>().AddScoped<IdentityWriter>().AddScoped<StatedIdentities>();

    /// <summary>The people a tenant sells to or talks with: created, found, resolved from what is known of them, and changed.</summary>
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Customers");

        customers.MapGet("/", ListCustomers.Handle).Needs("customers:read").Lists(ListCustomers.List).Describe("List or search customers",
            "Pages of customers, newest first unless `sort` says otherwise. `q` (2 to 100 characters) searches: every word must begin a word of the name, or the whole text begins an e-mail address or a phone number; case and accents do not count.");
        customers.MapPost("/", AddCustomer.Handle).Needs("customers:write").Describe("Create a customer",
            "Identities may be given as `email`, `phone`, `external_ids` or, with all that is known of them, as `identities`. If one is another customer's already, nothing is created: 409 `customer_exists` lists `candidates`, each with the rule that matched and its confidence. To find or create in one call, use resolve.");
        customers.MapPost("/batch", AddManyCustomers.Handle).Needs("customers:write").Describe("Create many customers",
            $"Up to {Batch.MostItems} items, each as for one customer. 207 with a result per item, in their order; an item that is refused changes nothing for the others.");
        customers.MapPost("/resolve", ResolveCustomer.Handle).Needs("customers:write").Produces<ResolveCustomer.Answer>().Produces<ResolveCustomer.Answer>(201).Describe("Find out who is meant",
            "Takes identities and answers `matched`, `created` (201), `ambiguous` or `not_found`, with the reason and everyone who has one of the identities. `policy` says what to do when nobody has, `on_ambiguous` when several have; the profile of a customer who exists is not changed.");
        customers.MapGet("/by-external-id/{source}/{external_id}", ShowCustomer.ByExternalId).Needs("customers:read").Describe("Show a customer by external id",
            "The customer who has this id in this source. 404 when nobody has.");
        customers.MapPut("/by-external-id/{source}/{external_id}", UpsertCustomer.Handle).Needs("customers:write").Produces<Customer>().Produces<Customer>(201).Describe("Create or change a customer by external id",
            "201 when the id was new, 200 when the customer was known. Members that are absent stay as they are, null clears them; identities that are nobody's are added. An identity of another customer answers 409 `customer_exists` with `candidates`, unless the external id is new and `links_existing` is true: then that customer gets the id.");
        customers.MapGet("/{customer_id}", ShowCustomer.Handle).Needs("customers:read").Describe("Show a customer",
            "The profile, with the primary e-mail address and phone number. The `ETag` is its revision; it also changes when the customer is seen.");
        customers.MapPatch("/{customer_id}", ChangeCustomer.Handle).Needs("customers:write").Describe("Change a customer",
            "A merge patch (RFC 7396) of the profile: absent members stay, null clears. A name that was made of first and last name follows them. Identities have routes of their own.");
        customers.MapDelete("/{customer_id}", RemoveCustomer.Handle).Needs("customers:write").Describe("Delete a customer",
            "Into the bin, with its identities, interactions and all else: to everything else it is gone, and what was unique is free again. It can be restored for 90 days. 409 `customer_has_orders` while there are orders, unless `with_orders=true` sends them along.");
    }

    /// <summary>What a customer is recognised by: e-mail addresses, phone numbers, external ids and social handles, each of one customer only.</summary>
    public static void MapIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/identities").WithTags("Identities");
        identities.MapGet("/{identity_id}", ShowIdentity.Handle).Needs("customers:read").Describe("Show an identity",
            "An e-mail address, phone number, external id or social handle, and whose it is.");
        identities.MapPatch("/{identity_id}", ChangeIdentity.Handle).Needs("customers:write").Describe("Change an identity",
            "Says whether it is verified, or makes it the primary one of its kind; the one that was primary is not any more. The value itself cannot change: remove it and add another.");
        identities.MapDelete("/{identity_id}", RemoveIdentity.Handle).Needs("customers:write").Describe("Remove an identity",
            "The customer is no longer recognised by it, and somebody else may have it. If it was the primary one, a verified one of its kind takes its place, else the oldest.");
        identities.MapPost("/{identity_id}/move", MoveIdentity.Handle).Needs("customers:write").Describe("Move an identity to another customer",
            "The way out of a 409: the identity becomes the other customer's. Both hear `identity.moved`.");

        var ofCustomer = api.MapGroup("/customers/{customer_id}/identities").WithTags("Identities");
        ofCustomer.MapGet("/", ListIdentities.Handle).Needs("customers:read").Lists(ListIdentities.List).Describe("List a customer's identities",
            "All identities of one customer, the oldest first, or those of a kind. At most one of each kind is the primary one.");
        ofCustomer.MapPost("/", AddIdentity.Handle).Needs("customers:write").Describe("Add an identity to a customer",
            "The first of a kind is the primary one. If it is a customer's already, 409 `identity_taken` says whose in `candidates`; move it from there.");
    }
}
