using CustomerCrm.Platform.Access.Limits;
using CustomerCrm.Surveys.Invitations;

namespace CustomerCrm.SurveyPages;

internal static class SurveyPageRoutes
{
    public static IServiceCollection AddSurveyPages(this IServiceCollection services) => services.AddScoped<SurveyVisits>().AddScoped<AnswerPage>();

    /// <summary>
    /// The page that an invitation's link leads to. It stands outside the API: the signed link is all that opens it, so it takes no key and no JSON, and sending it
    /// twice counts once.
    /// </summary>
    public static void MapSurveyPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").LimitsAddresses();
        pages.MapGet(SurveyLinks.Path + "/{token}", AnswerPage.Show);
        pages.MapPost(SurveyLinks.Path + "/{token}", AnswerPage.Handle);
    }
}
