using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Bots.Talking;

/// <summary>The languages that bots speak by themselves; flows may have texts in any. To add one, add its texts, and its words to <see cref="HumanWords"/>.</summary>
internal static class BotLanguages
{
    /// <param name="wanted">Language tags, those that are wanted most first.</param>
    public static BotTexts Of(params IEnumerable<string?> wanted) => all[WrittenLanguage.Of(all.Keys, wanted)];

    public static IEnumerable<string> Tags => all.Keys;

    private static readonly OrderedDictionary<string, BotTexts> all = new()
    {
        ["en"] = new BotTexts
        {
            Introduction = "This is {0}, an automated assistant. Write “human” at any time to reach a person.",
            HandingOver = "I am handing you over to a person. They see what we have written.",
            Closed = "Nobody is here right now; we are back {0}. Please leave your message here, and we will answer it.",
            ClosedForNow = "Nobody is here right now. Please leave your message here, and we will answer it.",
            MessageTaken = "Thank you, your message is with our people. They will answer you here.",
            NotUnderstood = "I did not understand that. Could you say it in other words? Or write “human” to reach a person.",
            TryAgain = "I could not read that.",
            DidThatHelp = "Did that help? (yes or no)",
            Glad = "I am glad. Write again whenever you need something.",
            NotIdentified = "I may only speak about orders with customers who are signed in.",
            OrderNotFound = "I do not find an order of yours with this number.",
            Order = "Your order {0} of {1}: {2}, {3}.",
            CancelledOrder = "Your order {0} of {1} was cancelled.",
            Unpaid = "not paid yet",
            Paid = "paid",
            Refunded = "refunded",
            PaymentFailed = "the payment failed",
            BeingPacked = "not shipped yet",
            PartlyShipped = "partly shipped",
            Packed = "ready for shipment",
            Shipped = "on its way",
            Delivered = "delivered",
            SentBack = "sent back",
        },
        ["de"] = new BotTexts
        {
            Introduction = "Hier ist {0}, ein automatischer Assistent. Schreiben Sie jederzeit „Mensch“, um eine Person zu erreichen.",
            HandingOver = "Ich übergebe Sie an eine Person. Sie sieht, was wir geschrieben haben.",
            Closed = "Gerade ist niemand da; wir sind {0} zurück. Bitte hinterlassen Sie hier Ihre Nachricht, wir beantworten sie.",
            ClosedForNow = "Gerade ist niemand da. Bitte hinterlassen Sie hier Ihre Nachricht, wir beantworten sie.",
            MessageTaken = "Vielen Dank, Ihre Nachricht ist bei unseren Leuten. Sie antworten Ihnen hier.",
            NotUnderstood = "Das habe ich nicht verstanden. Können Sie es anders sagen? Oder schreiben Sie „Mensch“, um eine Person zu erreichen.",
            TryAgain = "Das konnte ich nicht lesen.",
            DidThatHelp = "Hat das geholfen? (ja oder nein)",
            Glad = "Das freut mich. Schreiben Sie wieder, wann immer Sie etwas brauchen.",
            NotIdentified = "Über Bestellungen darf ich nur mit angemeldeten Kunden sprechen.",
            OrderNotFound = "Ich finde keine Bestellung von Ihnen mit dieser Nummer.",
            Order = "Ihre Bestellung {0} vom {1}: {2}, {3}.",
            CancelledOrder = "Ihre Bestellung {0} vom {1} wurde storniert.",
            Unpaid = "noch nicht bezahlt",
            Paid = "bezahlt",
            Refunded = "erstattet",
            PaymentFailed = "die Zahlung ist fehlgeschlagen",
            BeingPacked = "noch nicht versandt",
            PartlyShipped = "teilweise versandt",
            Packed = "versandbereit",
            Shipped = "unterwegs",
            Delivered = "zugestellt",
            SentBack = "zurückgesendet",
        },
        ["fr"] = new BotTexts
        {
            Introduction = "Ici {0}, un assistant automatique. Écrivez « humain » à tout moment pour joindre une personne.",
            HandingOver = "Je vous passe une personne. Elle voit ce que nous avons écrit.",
            Closed = "Il n’y a personne pour l’instant ; nous serons de retour {0}. Laissez votre message ici, nous y répondrons.",
            ClosedForNow = "Il n’y a personne pour l’instant. Laissez votre message ici, nous y répondrons.",
            MessageTaken = "Merci, votre message est transmis à notre équipe. Elle vous répondra ici.",
            NotUnderstood = "Je n’ai pas compris. Pouvez-vous le dire autrement ? Ou écrivez « humain » pour joindre une personne.",
            TryAgain = "Je n’ai pas pu lire cela.",
            DidThatHelp = "Cela vous a-t-il aidé ? (oui ou non)",
            Glad = "J’en suis heureux. Écrivez à nouveau dès que vous en avez besoin.",
            NotIdentified = "Je ne peux parler des commandes qu’avec les clients connectés.",
            OrderNotFound = "Je ne trouve pas de commande à vous avec ce numéro.",
            Order = "Votre commande {0} du {1} : {2}, {3}.",
            CancelledOrder = "Votre commande {0} du {1} a été annulée.",
            Unpaid = "pas encore payée",
            Paid = "payée",
            Refunded = "remboursée",
            PaymentFailed = "le paiement a échoué",
            BeingPacked = "pas encore expédiée",
            PartlyShipped = "expédiée en partie",
            Packed = "prête à être expédiée",
            Shipped = "en route",
            Delivered = "livrée",
            SentBack = "retournée",
        },
        ["sr"] = new BotTexts
        {
            Introduction = "Ovde {0}, automatski asistent. Napišite „čovek“ bilo kada da biste dobili osobu.",
            HandingOver = "Prosleđujem vas osobi. Ona vidi šta smo pisali.",
            Closed = "Trenutno nema nikoga; vraćamo se {0}. Ostavite poruku ovde, i odgovorićemo na nju.",
            ClosedForNow = "Trenutno nema nikoga. Ostavite poruku ovde, i odgovorićemo na nju.",
            MessageTaken = "Hvala, vaša poruka je kod naših ljudi. Odgovoriće vam ovde.",
            NotUnderstood = "To nisam razumeo. Možete li da kažete drugačije? Ili napišite „čovek“ da biste dobili osobu.",
            TryAgain = "To nisam mogao da pročitam.",
            DidThatHelp = "Da li je to pomoglo? (da ili ne)",
            Glad = "Drago mi je. Pišite ponovo kad god vam nešto zatreba.",
            NotIdentified = "O porudžbinama smem da govorim samo sa prijavljenim kupcima.",
            OrderNotFound = "Ne nalazim vašu porudžbinu sa ovim brojem.",
            Order = "Vaša porudžbina {0} od {1}: {2}, {3}.",
            CancelledOrder = "Vaša porudžbina {0} od {1} je otkazana.",
            Unpaid = "još nije plaćena",
            Paid = "plaćena",
            Refunded = "novac je vraćen",
            PaymentFailed = "plaćanje nije uspelo",
            BeingPacked = "još nije poslata",
            PartlyShipped = "delimično poslata",
            Packed = "spremna za slanje",
            Shipped = "na putu",
            Delivered = "isporučena",
            SentBack = "vraćena",
        },
    };
}
