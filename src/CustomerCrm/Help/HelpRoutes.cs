using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi.Answering;

namespace CustomerCrm.Help;

public static class HelpRoutes
{
    /// <summary>Where the pages are.</summary>
    internal const string Path = "/help";

    public static IServiceCollection AddHelp(this IServiceCollection services) => services
        .AddScoped<HelpCenters>().AddScoped<HelpVisits>().AddScoped<HelpReader>().AddScoped<ContactDesk>().AddSingleton<SameOrigin>()
        .AddJob<PruneContactsJob, PruneHelpContacts>();

    /// <summary>The public help pages: their name, ways to them for customers, and what they save.</summary>
    public static void MapHelp(this IEndpointRouteBuilder api)
    {
        var help = api.MapGroup("/help").WithTags("Help");

        help.MapGet("/", ChangeHelpCenter.Show).WithName("ShowHelpCenter").Needs("help:read").Describe("Show the help pages' settings",
            "Their name in addresses, what stands on the first one, and whether there is a contact form. Its `ETag` is its revision, for `If-Match`.");
        help.MapPatch("/", ChangeHelpCenter.Handle).Needs("help:write").MayAnswer(409, "help_slug_taken").Describe("Change the help pages' settings",
            "Absent members stay. A `slug` opens the pages at `url`, in the tenant's name and colour; they are server-rendered, need no script, and show published articles by category, a search, and a contact form that suggests articles first. null takes them down.");
        help.MapPost("/customer_links", LinkCustomer.Handle).Needs("help:write").MayAnswer(409, "no_help_pages").Describe("Make a customer's link",
            "A signed link to the help pages by which one customer reads what is for customers only, and writes to you as themselves. Put it behind your own sign-in: whoever has it is taken for the customer.");
        help.MapGet("/deflection", ShowDeflection.Handle).Needs("help:read").MayLag().Describe("Show the deflection",
            "How many questions the contact form's suggestions answered before they were sent, with the definition, n and 95 % intervals.");
    }

    /// <summary>
    /// The pages themselves. They stand outside the API: a name in the address opens them, they take no key and no JSON, and what is sent to them comes from their own forms.
    /// </summary>
    public static void MapHelpPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Path).LimitsAddresses();
        pages.MapGet("/enter/{token}", EnterHelp.Handle);
        pages.MapGet("/{slug}", ShowHelp.Start);
        pages.MapGet("/{slug}/{locale}", ShowHelp.Home);
        pages.MapGet("/{slug}/{locale}/categories/{category}", ShowHelp.Category);
        pages.MapGet("/{slug}/{locale}/articles/{article}", ShowHelp.Article);
        pages.MapPost("/{slug}/{locale}/articles/{article}/vote", VoteOnPage.Handle);
        pages.MapGet("/{slug}/{locale}/search", ShowHelp.Search);
        pages.MapGet("/{slug}/{locale}/contact", ContactPage.Show);
        pages.MapPost("/{slug}/{locale}/contact", ContactPage.Handle);
    }
}
