using System.Diagnostics.CodeAnalysis;
using CustomerCrm.Platform.Lists;

namespace CustomerCrm.Tenant;

/// <summary>Language tags as RFC 5646 recommends to write them (2.1.1): de-AT, zh-Hant. So that each language is there once, however it was sent. Pure.</summary>
internal static class LocaleTag
{
    [return: NotNullIfNotNull(nameof(tag))]
    public static string? Of(string? tag) => tag is null ? null : string.Join('-', tag.Split('-').Select((part, i) =>
        i == 0 ? part.ToLowerInvariant()
        : part.Length == 2 ? part.ToUpperInvariant()
        : part.Length == 4 && char.IsLetter(part[0]) ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant()
        : part.ToLowerInvariant()));

    /// <summary>A list's filter: any way of writing the tag finds it.</summary>
    public static FilterType Filter(int maxLength, string example)
    {
        var text = FilterType.Text(maxLength, example);
        return text with { Read = sent => Of((string?)text.Read(sent)) };
    }
}
