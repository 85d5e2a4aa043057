using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Templates.Rendering;

/// <summary>What is put under a marketing message that does not say itself how to say no, in the languages of our pages.</summary>
/// <param name="Unsubscribe">The name of the link that says no to messages like this one.</param>
/// <param name="Preferences">The name of the link to the page on which customers choose.</param>
/// <param name="Stop">Under a text message: what to answer.</param>
/// <param name="StopByLink">Under one whose sender takes no answers; 0: the link.</param>
internal sealed record OptOutWords(string Unsubscribe, string Preferences, string Stop, string StopByLink)
{
    // Of letters that the alphabet of GSM has: another one would make a text message of three parts of one of one.
    private static readonly OrderedDictionary<string, OptOutWords> texts = new()
    {
        ["en"] = new("Unsubscribe", "Preferences", "Reply STOP to opt out.", "Opt out: {0}"),
        ["de"] = new("Abbestellen", "Einstellungen", "Keine Nachrichten mehr: mit STOP antworten.", "Keine Nachrichten mehr: {0}"),
        ["fr"] = new("Se désabonner", "Préférences", "Répondez STOP pour ne plus rien recevoir.", "Ne plus rien recevoir : {0}"),
        ["sr"] = new("Odjava", "Podešavanja", "Za odjavu odgovorite STOP.", "Odjava: {0}"),
    };

    /// <param name="wanted">Language tags, those that are wanted most first.</param>
    public static OptOutWords In(params IEnumerable<string?> wanted) => texts[WrittenLanguage.Of(texts.Keys, wanted)];
}
