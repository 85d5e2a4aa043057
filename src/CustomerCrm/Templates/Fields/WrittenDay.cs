using System.Globalization;

namespace CustomerCrm.Templates.Fields;

/// <summary>
/// A day as people write it in the tenant's locale. The program carries no cultures, so it knows the four languages of its pages; in any other a day
/// is written as ISO 8601 has it, which nobody reads wrongly. Pure.
/// </summary>
internal static class WrittenDay
{
    private static readonly string[]
        english = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        german = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        french = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        serbian = ["januar", "februar", "mart", "april", "maj", "jun", "jul", "avgust", "septembar", "oktobar", "novembar", "decembar"],
        serbianCyrillic = ["јануар", "фебруар", "март", "април", "мај", "јун", "јул", "август", "септембар", "октобар", "новембар", "децембар"];

    /// <param name="day">Where the tenant is.</param>
    /// <param name="locale">A BCP 47 language tag.</param>
    public static string Of(DateOnly day, string locale)
    {
        var tags = locale.Split('-', '_').Select(tag => tag.ToLowerInvariant()).ToArray();
        bool Says(string tag) => tags.Skip(1).Contains(tag);
        string In(string[] months) => months[day.Month - 1];
        return tags[0] switch
        {
            "en" when tags.Length == 1 || Says("us") || Says("ca") || Says("ph") => $"{In(english)} {day.Day}, {Year(day)}",
            "en" => $"{day.Day} {In(english)} {Year(day)}",
            "de" => $"{day.Day}. {(day.Month == 1 && Says("at") ? "Jänner" : In(german))} {Year(day)}",
            "fr" => $"{(day.Day == 1 ? "1er" : day.Day)} {In(french)} {Year(day)}",
            "sr" => $"{day.Day}. {In(Says("cyrl") ? serbianCyrillic : serbian)} {Year(day)}.",
            _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    private static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);
}
