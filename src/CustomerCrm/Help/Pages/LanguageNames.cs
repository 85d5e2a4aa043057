namespace CustomerCrm.Help.Pages;

/// <summary>What languages call themselves. The program runs without the culture data of a system, so those that shops write in stand here; of others the tag is shown. Pure.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "العربية", ["bg"] = "Български", ["bs"] = "Bosanski", ["cs"] = "Čeština", ["da"] = "Dansk", ["de"] = "Deutsch", ["el"] = "Ελληνικά", ["en"] = "English", ["es"] = "Español",
        ["et"] = "Eesti", ["fi"] = "Suomi", ["fr"] = "Français", ["he"] = "עברית", ["hi"] = "हिन्दी", ["hr"] = "Hrvatski", ["hu"] = "Magyar", ["it"] = "Italiano", ["ja"] = "日本語", ["ko"] = "한국어",
        ["lt"] = "Lietuvių", ["lv"] = "Latviešu", ["nb"] = "Norsk bokmål", ["nl"] = "Nederlands", ["no"] = "Norsk", ["pl"] = "Polski", ["pt"] = "Português", ["ro"] = "Română", ["ru"] = "Русский",
        ["sk"] = "Slovenčina", ["sl"] = "Slovenščina", ["sr"] = "Srpski", ["sv"] = "Svenska", ["tr"] = "Türkçe", ["uk"] = "Українська", ["zh"] = "中文",
    };

    /// <summary>With the tag's other parts behind it: Deutsch (AT).</summary>
    public static string Of(string tag)
    {
        var parts = tag.Split('-', 2);
        return !names.TryGetValue(parts[0], out var name) ? tag : parts.Length == 1 ? name : $"{name} ({parts[1]})";
    }
}
