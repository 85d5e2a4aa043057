using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;

namespace CustomerCrm.Articles.Finding;

/// <summary>The languages that articles are published in.</summary>
internal sealed partial class ArticleLocales(TenantDb db)
{
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken ct) => db.QueryAsync<string>(Published, null, ct);

    /// <summary>The one that comes next to what was asked for; that itself where none does.</summary>
    public async Task<string> NearestAsync(string wanted, CancellationToken ct) => Nearest(wanted, await AllAsync(ct)) ?? wanted;

    /// <summary>Pure: the same tag, else the same language, without or with another region.</summary>
    public static string? Nearest(string wanted, IReadOnlyCollection<string> available)
    {
        var language = LanguageOf(wanted);
        return available.FirstOrDefault(one => string.Equals(one, wanted, StringComparison.OrdinalIgnoreCase))
            ?? available.FirstOrDefault(one => string.Equals(one, language, StringComparison.OrdinalIgnoreCase))
            ?? available.FirstOrDefault(one => string.Equals(LanguageOf(one), language, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsTag(string text) => text.Length <= 20 && Tag().IsMatch(text);

    private static string LanguageOf(string tag) => tag.Split('-')[0];

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    private static readonly TenantSql Published = TenantSql.Of("""
        SELECT DISTINCT d.Locale
        FROM ArticleDocuments d
        WHERE d.TenantId = @TenantId
        ORDER BY d.Locale
        """);
}
