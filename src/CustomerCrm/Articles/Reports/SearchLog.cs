using System.Security.Cryptography;
using System.Text;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Articles.Reports;

/// <summary>Where somebody searched. The numbers are stored.</summary>
public enum SearchSource
{
    HelpPage = 1,
    ContactForm = 2,
    Agent = 3,
    Bot = 4,
}

/// <summary>Counts what is searched for, by day. Nobody's name, address or number is kept.</summary>
internal sealed class SearchLog(TenantDb db, CurrentSettings settings, TimeProvider clock)
{
    private const int MostTextsOfDay = 5000;

    public async Task RecordAsync(string typed, string locale, SearchSource source, int found, CancellationToken ct)
    {
        if (SearchedText.Of(typed) is not { } text) return;
        var now = clock.GetUtcNow();
        var row = new
        {
            Day = (await settings.GetAsync(ct)).Calendar.DayOf(now), TextKey = SHA256.HashData(Encoding.UTF8.GetBytes($"{locale}\n{text}")), Source = source, Text = text, Locale = locale,
            Empty = found == 0 ? 1 : 0, Now = now,
        };
        await db.InTransactionAsync(async () =>
        {
            if (await db.ExecuteAsync(Count, row, ct) > 0 || await db.FindAsync<int>(OfDay, row, ct) >= MostTextsOfDay) return;
            try
            {
                await db.ExecuteAsync(Insert, row, ct);
            }
            catch (DuplicateKeyException)
            {
                await db.ExecuteAsync(Count, row, ct); // the same search came at the same moment
            }
        }, ct);
    }

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE ArticleSearches
        SET Searches = Searches + 1, Empty = Empty + @Empty, LastAt = @Now
        WHERE TenantId = @TenantId
          AND Day = @Day
          AND TextKey = @TextKey
          AND Source = @Source
        """);

    private static readonly TenantSql OfDay = TenantSql.Of("SELECT COUNT(*) FROM ArticleSearches s WHERE s.TenantId = @TenantId AND s.Day = @Day");

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ArticleSearches (TenantId, Day, TextKey, Source, Text, Locale, Searches, Empty, LastAt)
        VALUES (@TenantId, @Day, @TextKey, @Source, @Text, @Locale, 1, @Empty, @Now)
        """);
}

/// <summary>A search as it is kept. Pure.</summary>
internal static class SearchedText
{
    private const int Longest = 200;

    /// <returns>In lower case, on one line, without words that look like an address or a number; null where nothing is left.</returns>
    public static string? Of(string typed)
    {
        var words = typed.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('@', StringComparison.Ordinal) && word.Count(char.IsDigit) < 4);
        var text = string.Join(' ', words).Beginning(Longest);
        return text.Length == 0 ? null : text;
    }
}
