using System.Globalization;
using CustomerCrm.Customers.Contacting;

namespace CustomerCrm.Suppressions;

/// <summary>Pure: as much of an address as may stay when its owner does not: the first letter and the domain, or the ends of a number.</summary>
internal static class MaskedAddress
{
    private const int MostShown = 100;

    public static string Of(MessageChannel channel, string address)
    {
        var text = address.Trim();
        if (channel == MessageChannel.Email && text.LastIndexOf('@') is > 0 and var at)
            return $"{StringInfo.GetNextTextElement(text)}***{(text.Length - at > MostShown ? "@***" : text[at..])}";
        return text.Length > 7 ? $"{text[..3]}***{text[^2..]}" : "***";
    }
}
