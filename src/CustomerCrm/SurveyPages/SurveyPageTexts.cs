using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.SurveyPages;

/// <summary>What a survey's page says around its questions, in one language.</summary>
internal sealed record SurveyPageTexts
{
    public required string Title { get; init; }
    public required string Required { get; init; }
    public required string Several { get; init; }
    public required string Continue { get; init; }
    public required string Send { get; init; }
    public required string Wrong { get; init; }
    public required string Missing { get; init; }
    public required string TooLong { get; init; }
    public required string ThanksTitle { get; init; }
    public required string Thanks { get; init; }
    public required string Before { get; init; }
    public required string OverTitle { get; init; }
    public required string Over { get; init; }
    public required string Anonymous { get; init; }
    public required string Kept { get; init; }

    /// <param name="language">Of the questions, if the page has it.</param>
    /// <param name="others">Those that are wanted besides.</param>
    public static SurveyPageTexts Of(string language, IReadOnlyList<string?> others) => all[WrittenLanguage.Of(all.Keys, [language, .. others])];

    public static IEnumerable<SurveyPageTexts> All => all.Values;

    private static readonly OrderedDictionary<string, SurveyPageTexts> all = new()
    {
        ["en"] = new SurveyPageTexts
        {
            Title = "Your opinion", Required = "required", Several = "You can choose several.", Continue = "Continue", Send = "Send",
            Wrong = "Something is missing or not right. Please look at the questions that are marked.", Missing = "Please answer this question.", TooLong = "Please write at most 2,000 characters.",
            ThanksTitle = "Thank you", Thanks = "Your answer has arrived.", Before = "Your answer arrived before. The first one counts.",
            OverTitle = "This survey is over", Over = "Its time has passed. Thank you for wanting to answer.", Anonymous = "Your answers are kept without your name.",
            Kept = "Each page that you send is kept. You can go on later by the same link.",
        },
        ["de"] = new SurveyPageTexts
        {
            Title = "Ihre Meinung", Required = "notwendig", Several = "Sie können mehrere auswählen.", Continue = "Weiter", Send = "Absenden",
            Wrong = "Etwas fehlt oder stimmt nicht. Bitte sehen Sie sich die markierten Fragen an.", Missing = "Bitte beantworten Sie diese Frage.", TooLong = "Bitte schreiben Sie höchstens 2.000 Zeichen.",
            ThanksTitle = "Vielen Dank", Thanks = "Ihre Antwort ist angekommen.", Before = "Ihre Antwort ist schon früher angekommen. Die erste zählt.",
            OverTitle = "Diese Umfrage ist beendet", Over = "Ihre Zeit ist vorbei. Danke, dass Sie antworten wollten.", Anonymous = "Ihre Antworten werden ohne Ihren Namen aufbewahrt.",
            Kept = "Jede Seite, die Sie absenden, wird aufbewahrt. Mit demselben Link können Sie später fortfahren.",
        },
        ["fr"] = new SurveyPageTexts
        {
            Title = "Votre avis", Required = "obligatoire", Several = "Plusieurs choix sont possibles.", Continue = "Continuer", Send = "Envoyer",
            Wrong = "Il manque quelque chose, ou quelque chose ne convient pas. Veuillez revoir les questions signalées.", Missing = "Veuillez répondre à cette question.", TooLong = "Veuillez écrire au plus 2 000 caractères.",
            ThanksTitle = "Merci", Thanks = "Votre réponse est bien arrivée.", Before = "Votre réponse était déjà arrivée. C’est la première qui compte.",
            OverTitle = "Cette enquête est terminée", Over = "Le délai est passé. Merci d’avoir voulu répondre.", Anonymous = "Vos réponses sont conservées sans votre nom.",
            Kept = "Chaque page envoyée est conservée. Vous pouvez continuer plus tard par le même lien.",
        },
        ["sr"] = new SurveyPageTexts
        {
            Title = "Vaše mišljenje", Required = "obavezno", Several = "Možete izabrati više odgovora.", Continue = "Dalje", Send = "Pošalji",
            Wrong = "Nešto nedostaje ili nije u redu. Pogledajte označena pitanja.", Missing = "Odgovorite na ovo pitanje.", TooLong = "Napišite najviše 2.000 znakova.",
            ThanksTitle = "Hvala", Thanks = "Vaš odgovor je stigao.", Before = "Vaš odgovor je već stigao. Važi prvi.",
            OverTitle = "Ova anketa je završena", Over = "Vreme je isteklo. Hvala što ste želeli da odgovorite.", Anonymous = "Vaši odgovori se čuvaju bez vašeg imena.",
            Kept = "Svaka stranica koju pošaljete se čuva. Možete nastaviti kasnije preko istog linka.",
        },
    };
}
