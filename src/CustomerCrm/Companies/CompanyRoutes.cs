using CustomerCrm.Companies.Figures;
using CustomerCrm.Companies.People;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Batches;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Records;

namespace CustomerCrm.Companies;

internal static class CompanyRoutes
{
    public static IServiceCollection AddCompanies(this IServiceCollection services) => services
        .AddScoped<CompanyReader>().AddScoped<CompanySearch>().AddScoped<CompanyOwners>().AddScoped<CompanyKeys>().AddScoped<CompanyWriter>().AddScoped<PeopleWriter>().AddScoped<CompanyFigures>()
        .AddSingleton(CompanyFields.Owner).AddSingleton(CompanyRecord.RecordKind).AddScoped<IRestored, CompanyRecord>().AddScoped<IRestored, BinnedPerson>().AddScoped<ILeaving, BinnedPerson>()
        .AddJob<CountCompanyJob, CountCompany>().AddJob<CountCompaniesJob, CountCompanies>();

    /// <summary>Organisations and the customers who belong to them, with what those order.</summary>
    public static void MapCompanies(this IEndpointRouteBuilder api)
    {
        var companies = api.MapGroup("/companies").WithTags("Companies");

        companies.MapGet("/", ListCompanies.Handle).Needs("companies:read").Lists(ListCompanies.List).Describe("List or search companies",
            "Pages of companies, newest first unless `sort` says otherwise; `sort=-spend` for the best customers. `q` (2 to 100 characters) searches: every word must begin a word of the name, or the whole text begins a domain.");
        companies.MapPost("/", AddCompany.Handle).Needs("companies:write").Describe("Create a company",
            "Domains and external ids are each of one company only: if one is another's already, nothing is created and 409 `company_exists` says whose in `company_id`.");
        companies.MapPost("/batch", UpsertCompanies.Handle).Needs("companies:write").Describe("State many companies",
            $"Up to {Batch.MostItems} companies, each as `PUT /companies/by-external-id` takes it. 207 with a result per item, in their order; an item that is refused changes nothing for the others.");
        companies.MapGet("/by-external-id/{source}/{external_id}", ShowCompany.ByExternalId).Needs("companies:read").Describe("Show a company by external id",
            "The company that has this id in this source; upper and lower case of the id differ. 404 when none has.");
        companies.MapPut("/by-external-id/{source}/{external_id}", UpsertCompany.Handle).Needs("companies:write").Produces<Company>().Produces<Company>(201).Describe("Create or change a company by external id",
            "201 when the id was new, 200 when the company was known. Members that are absent stay as they are, null clears them. A domain of another company answers 409 `company_exists`, unless the external id is new and `links_existing` is true: then that company gets the id.");
        companies.MapGet("/{company_id}", ShowCompany.Handle).Needs("companies:read").Describe("Show a company",
            "With its domains, its external ids, how many people belong to it and what those ordered for whom it is the primary company. The `ETag` also changes with these figures.");
        companies.MapPatch("/{company_id}", ChangeCompany.Handle).Needs("companies:write").Describe("Change a company",
            "A merge patch (RFC 7396), in `custom_fields` too: absent members stay, null clears. `domains` and `external_ids` are replaced as a whole.");
        companies.MapDelete("/{company_id}", RemoveCompany.Handle).Needs("companies:write").Describe("Delete a company",
            "Into the recycle bin, with its notes and with who belongs to it. Its people stay customers and keep their orders; who belongs to another company too has the oldest of those as the primary one.");

        companies.MapGet("/{company_id}/people", ListPeople.Handle).Needs("companies:read").Lists(ListPeople.List).Describe("List a company's people",
            "The customers who belong to the company, each with the role there, those added first first.");
        companies.MapPost("/{company_id}/people/batch", PutManyPeople.Handle).Needs("companies:write").Describe("Add many people to a company",
            $"Up to {Batch.MostItems} customers, by id or by identities (then found, or created where nobody has them). 207 with a result per item, in their order: 201 for who is new, 200 for who was there.");
        companies.MapGet("/{company_id}/people/{customer_id}", PutPerson.Show).Needs("companies:read").Describe("Show a person of a company",
            "The customer's role in this company and whether it is the primary one. 404 for a customer who does not belong to it.");
        companies.MapPut("/{company_id}/people/{customer_id}", PutPerson.Handle).Needs("companies:write").Produces<CompanyPerson>().Produces<CompanyPerson>(201).Describe("Add a person to a company",
            "Or state the role of one who is there. A customer may belong to several companies; exactly one is the primary one, for which the orders count: the first, until `is_primary` makes it another.");
        companies.MapDelete("/{company_id}/people/{customer_id}", RemovePerson.Handle).Needs("companies:write").Describe("Remove a person from a company",
            "The customer stays. If it was the primary company, the oldest of the customer's others takes its place.");

        api.MapGet("/customers/{customer_id}/companies", ListCustomerCompanies.Handle).WithTags("Companies").Needs("companies:read").Lists(ListCustomerCompanies.List).Describe("List a customer's companies",
            "Every company the customer belongs to, with the role there; those joined first first.");
    }
}
