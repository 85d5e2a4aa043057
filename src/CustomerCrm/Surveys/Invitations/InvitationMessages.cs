using System.Globalization;
using System.Net;
using System.Text.Json;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Json;
using CustomerCrm.Surveys.Definitions;
using CustomerCrm.Surveys.Guards;
using CustomerCrm.Templates.Fields;
using CustomerCrm.Tenant;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>Writes the message that asks, in the customer's language, and posts it through the door of all messages.</summary>
internal sealed class InvitationMessages(TenantDb db, MessageDoor door, SurveyLinks links, CurrentSettings settings)
{
    /// <exception cref="Platform.Problems.ApiProblem">It cannot be written for this customer. Then there is no message.</exception>
    public async Task<Message> PostAsync(Survey survey, SurveyInvitation invitation, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var asked = await AskedAsync(survey, invitation, expiresAt, ct);
        var channel = invitation.Channel == SurveyChannel.Sms ? MessageChannel.Sms : MessageChannel.Email;
        return await door.PostAsync(new MessageDraft
        {
            CustomerId = invitation.CustomerId,
            Channel = channel,
            Purpose = survey.Settings.Purpose,
            Topic = survey.Settings.Topic,
            Reason = new MessageReason(RecentSurveyGuard.Reason, invitation.Id.ToString(), survey.Name),
            TemplateId = survey.Settings.TemplateId,
            Data = survey.Settings.TemplateId is null ? null : JsonSerializer.SerializeToElement(new { survey_url = asked.Url, question = asked.Question, scores = asked.Scores }, StrictJson.Options),
            TicketId = invitation.AboutKind == SurveySubject.Ticket ? Id<SpokenTicket>.FromBytes(invitation.AboutKey!) : null,
            Content = survey.Settings.TemplateId is not null ? null : channel == MessageChannel.Sms ? new MessageContent { Sms = asked.Short } : EmailOf(asked),
            DedupeKey = invitation.Id.ToString(),
        }, ct);
    }

    public async Task<string> ChatTextAsync(Survey survey, SurveyInvitation invitation, DateTimeOffset expiresAt, CancellationToken ct) => (await AskedAsync(survey, invitation, expiresAt, ct)).Short;

    private async Task<Asked> AskedAsync(Survey survey, SurveyInvitation invitation, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var (definition, tenant) = (survey.Definition, await settings.GetAsync(ct));
        var own = await db.FindAsync<string>(LanguageOf, new { invitation.CustomerId }, ct);
        var question = definition.Questions[0];
        var url = links.UrlOf(invitation.Id, expiresAt);
        return new Asked
        {
            Tenant = tenant.Name,
            Texts = InvitationTexts.Of(own, tenant.Locale),
            Question = question.Text.In(WrittenLanguage.Of([.. definition.Languages], own, tenant.Locale), definition),
            Url = url,
            Scores = question is { Type: QuestionType.Scale, Min: { } min, Max: { } max } ? [.. Enumerable.Range(min, max - min + 1).Select(score => new ScoreLink(score, SurveyLinks.WithScore(url, score)))] : [],
        };
    }

    // Ours to the last byte, so that a name or a question can do nothing in it.
    private static MessageContent EmailOf(Asked asked)
    {
        var (texts, text) = (asked.Texts, string.Create(CultureInfo.InvariantCulture, $"{asked.Texts.Greeting}\n\n{asked.Question}\n{asked.Url}\n\n{asked.Texts.Once}\n"));
        var scores = string.Concat(asked.Scores.Select(score => FormattableString.Invariant(
            $"<a href=\"{WebUtility.HtmlEncode(score.Url)}\" style=\"display:inline-block;min-width:1.5em;margin:0 .25em .5em 0;padding:.5em;border:1px solid #767676;border-radius:.25em;text-align:center;text-decoration:none;color:#1a1a1a\">{score.Value}</a> ")));
        var choose = asked.Scores.Count > 0
            ? $"<p>{WebUtility.HtmlEncode(texts.Choose)}</p>\n<p>{scores}</p>"
            : $"<p><a href=\"{WebUtility.HtmlEncode(asked.Url)}\">{WebUtility.HtmlEncode(texts.Answer)}</a></p>";
        return new MessageContent
        {
            Subject = string.Format(CultureInfo.InvariantCulture, texts.Subject, asked.Tenant),
            Html = $"<p>{WebUtility.HtmlEncode(texts.Greeting)}</p>\n<p><strong>{WebUtility.HtmlEncode(asked.Question)}</strong></p>\n{choose}\n<p>{WebUtility.HtmlEncode(texts.Once)}</p>",
            Text = text,
        };
    }

    private sealed record Asked
    {
        public required string Tenant { get; init; }
        public required InvitationTexts Texts { get; init; }
        public required string Question { get; init; }
        public required string Url { get; init; }
        public required IReadOnlyList<ScoreLink> Scores { get; init; }
        public string Short => $"{string.Format(CultureInfo.InvariantCulture, Texts.Short, Tenant, Question)} {Url}";
    }

    private sealed record ScoreLink(int Value, string Url);

    private static readonly TenantSql LanguageOf = TenantSql.Of("SELECT c.Language FROM Customers c WHERE c.TenantId = @TenantId AND c.Id = @CustomerId");
}
