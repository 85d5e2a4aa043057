using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Surveys.Invitations;

/// <summary>What a message that asks says in one language. {0} stands for the tenant.</summary>
internal sealed record InvitationTexts
{
    /// <summary>Of an e-mail.</summary>
    public required string Subject { get; init; }

    public required string Greeting { get; init; }

    /// <summary>Above the scores.</summary>
    public required string Choose { get; init; }

    /// <summary>The link where there is no score to choose.</summary>
    public required string Answer { get; init; }

    /// <summary>Of a text message or a chat, before the link. 1: the question.</summary>
    public required string Short { get; init; }

    /// <summary>At the end of an e-mail.</summary>
    public required string Once { get; init; }

    public static InvitationTexts Of(params IEnumerable<string?> wanted) => all[WrittenLanguage.Of(all.Keys, wanted)];

    private static readonly OrderedDictionary<string, InvitationTexts> all = new()
    {
        ["en"] = new InvitationTexts
        {
            Subject = "{0} would like to know", Greeting = "Hello,", Choose = "Choose a number; you can add a word on the page that opens.", Answer = "Answer",
            Short = "{0} asks: {1}", Once = "The link is for you alone, and your first answer counts.",
        },
        ["de"] = new InvitationTexts
        {
            Subject = "{0} möchte es wissen", Greeting = "Guten Tag,", Choose = "Wählen Sie eine Zahl; auf der Seite, die sich öffnet, können Sie etwas dazu schreiben.", Answer = "Antworten",
            Short = "{0} fragt: {1}", Once = "Der Link ist nur für Sie, und Ihre erste Antwort zählt.",
        },
        ["fr"] = new InvitationTexts
        {
            Subject = "{0} aimerait savoir", Greeting = "Bonjour,", Choose = "Choisissez un chiffre ; vous pourrez ajouter un mot sur la page qui s’ouvre.", Answer = "Répondre",
            Short = "{0} vous demande : {1}", Once = "Ce lien n’est que pour vous, et votre première réponse compte.",
        },
        ["sr"] = new InvitationTexts
        {
            Subject = "{0} želi da zna", Greeting = "Dobar dan,", Choose = "Izaberite broj; na stranici koja se otvori možete nešto dodati.", Answer = "Odgovorite",
            Short = "{0} pita: {1}", Once = "Link je samo za vas, i važi vaš prvi odgovor.",
        },
    };
}
