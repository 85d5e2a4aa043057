using System.Globalization;
using CustomerCrm.Customers;
using CustomerCrm.Customers.Contacting;
using CustomerCrm.Platform.Letters;
using CustomerCrm.Platform.Problems;
using CustomerCrm.Tenant;

namespace CustomerCrm.Consents.OptIns;

/// <summary>Writes to who is to confirm a consent. It says nothing but that, since they have not agreed to anything yet.</summary>
internal sealed class OptInMessage(LetterBox letters, CurrentSettings settings)
{
    /// <exception cref="ApiProblem">422: nobody can be asked on this channel.</exception>
    public static void CheckReaches(MessageChannel channel)
    {
        if (channel != MessageChannel.Email) throw ApiProblem.Invalid("/channel", "channel_unsupported", "A double opt-in is asked by e-mail.");
    }

    /// <summary>Posts it in the caller's transaction.</summary>
    /// <param name="customer">To whom, in which language.</param>
    /// <param name="url">The page that confirms.</param>
    /// <param name="ct">Cancels.</param>
    public async Task SendAsync(Customer customer, string url, CancellationToken ct)
    {
        var tenant = await settings.GetAsync(ct);
        var text = texts[WrittenLanguage.Of(texts.Keys, customer.Language, tenant.Locale)];
        await letters.PostAsync(new Letter
        {
            To = customer.Email!,
            Subject = string.Format(CultureInfo.InvariantCulture, text.Subject, tenant.Name),
            Text = string.Format(CultureInfo.InvariantCulture, text.Body, tenant.Name, url, tenant.OptInDays),
        }, ct);
    }

    /// <param name="Subject">0: the tenant.</param>
    /// <param name="Body">0: the tenant, 1: the link, 2: for how many days it holds.</param>
    private sealed record Text(string Subject, string Body);

    private static readonly OrderedDictionary<string, Text> texts = new()
    {
        ["en"] = new("Please confirm: messages from {0}", "Somebody, probably you, asked {0} to write to this address.\n\nIf it was you, please confirm it here within {2} days:\n{1}\n\nIf not, do nothing: you will not hear from us again.\n"),
        ["de"] = new("Bitte bestätigen: Nachrichten von {0}", "Jemand, wahrscheinlich Sie, hat {0} gebeten, an diese Adresse zu schreiben.\n\nWenn Sie es waren, bestätigen Sie es bitte hier innerhalb von {2} Tagen:\n{1}\n\nWenn nicht, brauchen Sie nichts zu tun: Sie hören nicht wieder von uns.\n"),
        ["fr"] = new("Veuillez confirmer : messages de {0}", "Quelqu’un, sans doute vous, a demandé à {0} d’écrire à cette adresse.\n\nSi c’était vous, confirmez ici dans les {2} jours :\n{1}\n\nSinon, ne faites rien : vous n’entendrez plus parler de nous.\n"),
        ["sr"] = new("Molimo potvrdite: poruke od {0}", "Neko, verovatno vi, zamolio je {0} da piše na ovu adresu.\n\nAko ste to bili vi, potvrdite ovde u roku od {2} dana:\n{1}\n\nAko niste, ne morate ništa da radite: nećemo vam se više javljati.\n"),
    };
}
