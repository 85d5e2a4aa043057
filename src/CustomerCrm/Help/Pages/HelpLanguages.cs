using CustomerCrm.Customers.Contacting;
using CustomerCrm.Help.Pages.Languages;

namespace CustomerCrm.Help.Pages;

/// <summary>The languages of the help pages themselves; articles may be in any. To add one, write its texts and add its line.</summary>
internal static class HelpLanguages
{
    /// <param name="wanted">Language tags, those that are wanted most first.</param>
    public static HelpTexts Of(params IEnumerable<string?> wanted) => all[WrittenLanguage.Of(all.Keys, wanted)];

    public static IEnumerable<HelpTexts> All => all.Values;

    private static readonly OrderedDictionary<string, HelpTexts> all = new()
    {
        ["en"] = English.Texts,
        ["de"] = German.Texts,
        ["fr"] = French.Texts,
        ["sr"] = Serbian.Texts,
    };
}
