using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Messages;
using CustomerCrm.Tenant;

namespace CustomerCrm.Consents.OptIns;

/// <summary>Writes to who is to confirm a consent. It says nothing but that, since they have not agreed to anything yet.</summary>
internal sealed class OptInMessage(MessageDoor door, CurrentSettings settings)
{
    /// <summary>Posts it in the caller's transaction.</summary>
    /// <param name="customer">To whom, in which language.</param>
    /// <param name="asked">What is to be confirmed.</param>
    /// <param name="url">The page that confirms.</param>
    /// <param name="before">A message for the same entry that nobody got.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Message> SendAsync(Customer customer, ConsentEntry asked, string url, OptInState? before, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var text = texts[WrittenLanguage.Of(texts.Keys, customer.Language, tenant.Locale)];
        return await door.PostAsync(new MessageDraft
        {
            CustomerId = customer.Id,
            Channel = asked.Channel,
            Purpose = MessagePurpose.Transactional,
            Reason = new MessageReason("double_opt_in", asked.Id.ToString(), null),
            DedupeKey = $"double_opt_in:{asked.Id}{(before is null ? "" : $":{before.MessageId}")}",
            Content = asked.Channel == MessageChannel.Sms
                ? new MessageContent { Sms = Written(text.Sms) }
                : new MessageContent { Subject = Written(text.Subject), Text = Written(text.Body) },
        }, ct);

        string Written(string part) => string.Format(CultureInfo.InvariantCulture, part, tenant.Name, url, tenant.OptInDays);
    }

    /// <param name="Subject">0: the tenant.</param>
    /// <param name="Body">0: the tenant, 1: the link, 2: for how many days it holds.</param>
    /// <param name="Sms">As the body.</param>
    private sealed record Text(string Subject, string Body, string Sms);

    private static readonly OrderedDictionary<string, Text> texts = new()
    {
        ["en"] = new("Please confirm: messages from {0}", "Somebody, probably you, asked {0} to write to this address.\n\nIf it was you, please confirm it here within {2} days:\n{1}\n\nIf not, do nothing: you will not hear from us again.\n", "{0}: please confirm that we may write to you: {1}"),
        ["de"] = new("Bitte bestätigen: Nachrichten von {0}", "Jemand, wahrscheinlich Sie, hat {0} gebeten, an diese Adresse zu schreiben.\n\nWenn Sie es waren, bestätigen Sie es bitte hier innerhalb von {2} Tagen:\n{1}\n\nWenn nicht, brauchen Sie nichts zu tun: Sie hören nicht wieder von uns.\n", "{0}: Bitte bestätigen Sie, dass wir Ihnen schreiben dürfen: {1}"),
        ["fr"] = new("Veuillez confirmer : messages de {0}", "Quelqu’un, sans doute vous, a demandé à {0} d’écrire à cette adresse.\n\nSi c’était vous, confirmez ici dans les {2} jours :\n{1}\n\nSinon, ne faites rien : vous n’entendrez plus parler de nous.\n", "{0} : veuillez confirmer que nous pouvons vous écrire : {1}"),
        ["sr"] = new("Molimo potvrdite: poruke od {0}", "Neko, verovatno vi, zamolio je {0} da piše na ovu adresu.\n\nAko ste to bili vi, potvrdite ovde u roku od {2} dana:\n{1}\n\nAko niste, ne morate ništa da radite: nećemo vam se više javljati.\n", "{0}: molimo potvrdite da smemo da vam pišemo: {1}"),
    };
}
