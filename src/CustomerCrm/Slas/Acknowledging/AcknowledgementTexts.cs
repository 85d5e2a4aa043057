using System.Globalization;
using CustomerCrm.Messages;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Templates;
using NodaTime;
using NodaTime.Extensions;

namespace CustomerCrm.Slas.Acknowledging;

/// <summary>What an automatic answer says where no template does, and which template does. Pure.</summary>
internal static class AcknowledgementTexts
{
    private static readonly Dictionary<string, (string Subject, string Text)> texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = ("We have your message (#{0})", "We have your message \"{1}\", number {0}. Nobody is here just now: we open again on {2}, and you can expect an answer by {3}. There is no need to write again."),
        ["de"] = ("Ihre Nachricht ist angekommen (#{0})", "Ihre Nachricht \"{1}\" ist da, Nummer {0}. Im Moment ist niemand hier: Wir öffnen wieder am {2}, und Sie können bis {3} mit einer Antwort rechnen. Sie müssen nicht noch einmal schreiben."),
        ["fr"] = ("Nous avons votre message (#{0})", "Nous avons bien votre message « {1} », numéro {0}. Il n'y a personne en ce moment : nous rouvrons le {2}, et vous pouvez attendre une réponse d'ici le {3}. Inutile d'écrire à nouveau."),
        ["sr"] = ("Vaša poruka je stigla (#{0})", "Vaša poruka \"{1}\" je stigla, broj {0}. Trenutno nema nikoga: ponovo radimo od {2}, a odgovor možete očekivati do {3}. Nije potrebno da pišete ponovo."),
    };

    /// <summary>The language itself, else the language it is a kind of, else the one without a language; null: none fits.</summary>
    public static Id<Template>? Pick(IReadOnlyList<AcknowledgementTemplate> templates, string? language) =>
        (In(templates, language) ?? In(templates, language?.Split('-')[0]) ?? templates.FirstOrDefault(t => t.Language is null))?.TemplateId;

    private static AcknowledgementTemplate? In(IReadOnlyList<AcknowledgementTemplate> templates, string? language) =>
        language is null ? null : templates.FirstOrDefault(t => string.Equals(t.Language, language, StringComparison.OrdinalIgnoreCase));

    public static MessageContent Of(string? language, int number, string subject, AcknowledgementTimes times)
    {
        var (title, text) = texts.GetValueOrDefault((language ?? "en").Split('-')[0], texts["en"]);
        var said = string.Format(CultureInfo.InvariantCulture, text, number, subject.Beginning(100), times.Opens, times.Expected);
        return new MessageContent { Subject = string.Format(CultureInfo.InvariantCulture, title, number), Text = said, Sms = said };
    }
}

/// <summary>The moments that are stated, by the clock of the business.</summary>
internal sealed record AcknowledgementTimes(DateTimeOffset OpensAt, DateTimeOffset ExpectedAt, string TimeZone)
{
    public string Opens => Write(OpensAt);
    public string Expected => Write(ExpectedAt);

    private string Write(DateTimeOffset moment) => $"{moment.ToInstant().InZone(DateTimeZoneProviders.Tzdb[TimeZone]).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({TimeZone})";
}
