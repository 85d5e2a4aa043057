using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Http;
using CustomerCrm.Preferences.Pages;
using CustomerCrm.Surveys;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Invitations;
using CustomerCrm.Surveys.Versions;
using CustomerCrm.Tenant;

namespace CustomerCrm.SurveyPages;

/// <summary>Somebody came by an invitation's link: what they are asked, in their language and their tenant's colour.</summary>
internal sealed record SurveyVisit
{
    public required SurveyInvitation Invitation { get; init; }
    public required SurveyKind Kind { get; init; }

    /// <summary>Of the version that they were asked by.</summary>
    public required SurveyDefinition Definition { get; init; }

    /// <summary>Of the questions.</summary>
    public required string Language { get; init; }

    public required SurveyPageTexts Texts { get; init; }
    public required PageTexts Frame { get; init; }
    public required string Tenant { get; init; }
    public required BrandColor Color { get; init; }
    public required bool IsAnonymous { get; init; }

    public string Of(IReadOnlyDictionary<string, string> texts) => texts.In(Language, Definition);

    public string Title => Definition.Title is { } title ? Of(title) : Texts.Title;

    public Page Page(string title, Html body, int status = StatusCodes.Status200OK) => Preferences.Pages.Page.Of(Frame with { Language = Language }, title, Tenant, Color, body, status);
}

/// <summary>Lets visitors in.</summary>
internal sealed class SurveyVisits(SurveyLinks links, TenantDb db, CurrentSettings settings, Caller caller)
{
    /// <returns>Null: the link opens nothing, for whatever reason.</returns>
    public async Task<SurveyVisit?> OpenAsync(HttpContext http, CancellationToken ct)
    {
        if (MaskedPaths.TokenOf(http) is not { } token || links.Read(token) is not { } invitationId) return null;
        if (await SurveyInvitation.LookAsync(invitationId, db, ct) is not { Version: { } version } invitation) return null;
        var (survey, tenant) = (await Survey.FindAsync(invitation.SurveyId, db, ct), await settings.GetAsync(ct));
        var definition = await SurveyVersion.DefinitionOfAsync(survey.Id, version, db, ct);
        var own = await db.FindAsync<string>(LanguageOf, new { invitation.CustomerId }, ct);
        string?[] wanted = [own, .. WrittenLanguage.Accepted(http.Request.Headers.AcceptLanguage), tenant.Locale];
        var language = WrittenLanguage.Of([.. definition.Languages], wanted);
        caller.ActAs(new Actor(ActorKind.Customer, survey.Settings.AnonymityThreshold is null ? invitation.CustomerId.ToString() : null, "customer"));
        return new SurveyVisit
        {
            Invitation = invitation,
            Kind = survey.Kind,
            Definition = definition,
            Language = language,
            Texts = SurveyPageTexts.Of(language, [.. wanted]),
            Frame = PageLanguages.Of([language, .. wanted]),
            Tenant = tenant.Name,
            Color = BrandColor.Of(tenant.BrandColor),
            IsAnonymous = survey.IsAnonymous,
        };
    }

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
