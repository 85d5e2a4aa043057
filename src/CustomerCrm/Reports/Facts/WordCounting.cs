using System.Globalization;
using System.Text;
using CustomerCrm.Analytics.Words;
using CustomerCrm.Platform.Data;
using CustomerCrm.Tenant;

namespace CustomerCrm.Reports.Facts;

/// <summary>Counts the words of a ticket's subject to its day. Numbers and addresses are left out, so nobody can be known by them.</summary>
internal sealed class WordCounting(TenantDb db, CurrentSettings settings)
{
    private const int MostWords = 20, Longest = 40;

    public async Task AddAsync(string subject, DateTimeOffset at, CancellationToken ct)
    {
        var day = (await settings.GetAsync(ct)).Calendar.DayOf(at);
        foreach (var (stem, word) in Of(subject))
        {
            var row = new { Day = day, Stem = stem, Word = word };
            if (await db.ExecuteAsync(Count, row, ct) == 0) await db.ExecuteAsync(Insert, row, ct);
        }
    }

    /// <summary>Pure: the words that say something, each once, without their endings.</summary>
    public static IReadOnlyList<(string Stem, string Word)> Of(string subject) =>
    [
        .. subject.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !part.Any(c => char.IsDigit(c) || c is '@' or '/' or '_'))
            .SelectMany(part => Letters(part).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length is > 2 and <= Longest && !StopWords.Has(word))
            .Select(word => (EnglishStem.Of(word), word)).DistinctBy(one => one.Item1).Take(MostWords),
    ];

    private static string Letters(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetter(c)) folded.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’')) folded.Append(' ');
        }
        return folded.ToString();
    }

    private static readonly TenantSql Count = TenantSql.Of("""
        UPDATE ServiceWords
        SET Tickets = Tickets + 1
        WHERE TenantId = @TenantId
          AND Day = @Day
          AND Stem = @Stem
        """);

    private static readonly TenantSql Insert = TenantSql.Of("""
        INSERT INTO ServiceWords (TenantId, Day, Stem, Word, Tickets)
        VALUES (@TenantId, @Day, @Stem, @Word, 1)
        """);
}
