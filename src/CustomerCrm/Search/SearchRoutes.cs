using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Search.Asking;
using CustomerCrm.Search.Sources;

namespace CustomerCrm.Search;

public static class SearchRoutes
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<IIndexedApart, MovedSearchIndex>().AddScoped<SearchIndex>().AddScoped<SearchVocabulary>().AddScoped<SearchKeeper>().AddScoped<SearchMatches>()
        .AddScoped<ISearched, SearchedCustomers>().AddScoped<ISearched, SearchedInteractions>()
        .AddScoped<ISearched, SearchedCompanies>().AddScoped<ISearched, SearchedProducts>().AddScoped<ISearched, SearchedNotes>().AddScoped<ISearched, SearchedConversationNotes>()
        .AddEventConsumer<SearchConsumer>().AddJob<SweepSearchJob, SweepSearch>();

    /// <summary>One box for everything: names, identities and what was said, however it was typed.</summary>
    public static void MapSearch(this IEndpointRouteBuilder api) =>
        api.MapGet("/search", SearchEverything.Handle).WithTags("Search").Needs("search:read").MayLag().Describe("Search everything",
            "Customers by name, company and identities, interactions by subject and text, companies by name, domains and what is said of them, products by name, SKU and category, notes and internal notes of conversations by what they say, tickets by number, subject and what was said, articles by title, keywords and text, orders by their whole number or external id; the best first. All words must be found: whole, as a beginning, or, where too little is found so, "
            + "with a slip or two. Case and accents do not count, English words are found in all their forms, and languages that part no words by any part. `highlights` says where the words stand. What the key, or the person's role, may not read by its own route is left out: of each kind it needs the scope, `customers:read`, `interactions:read`, `orders:read`, `companies:read`, `products:read`, `notes:read`, `tickets:read`, `articles:read`, and for internal notes `conversations:read`. "
            + "A change can be found within about a second.");
}
