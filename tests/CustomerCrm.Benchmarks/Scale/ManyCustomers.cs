using System.Globalization;
using System.Text;
using CustomerCrm.Benchmarks.Http;
using CustomerCrm.CustomFields.Values;
using CustomerCrm.Search;
using CustomerCrm.Search.Asking;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CustomerCrm.Benchmarks.Scale;

/// <summary>
/// Customers with names, an address and a number, a country and language, tags, and what the search knows of them. Some names, countries
/// and tags are common and some are rare, since lists treat them differently.
/// </summary>
internal sealed class ManyCustomers(SqliteConnection connection, int tenantId, int customers, DateTime now)
{
    public const string RareCountry = "LI", CommonCountry = "DE", RareTag = "vip", CommonTag = "newsletter";

    private static readonly string[] firstNames = ["Ada", "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Grace", "Hugo", "Ida", "Jonas", "Karin", "Leo", "Marie", "Nils", "Olga", "Paul", "Rosa", "Sofia", "Theo"];
    private static readonly string[] syllables = ["ba", "ber", "den", "fel", "gard", "hol", "kan", "lind", "mer", "nor", "pel", "rad", "sten", "tal", "ver", "wal", "zim"];
    private readonly string tenant = tenantId.ToString(CultureInfo.InvariantCulture);

    // Independent of how many orders somebody has, and so of when their first one was.
    public static string FirstName(int n) => firstNames[(n + n / firstNames.Length) % firstNames.Length];

    // Near five thousand of them.
    public static string LastName(int n) => string.Create(CultureInfo.InvariantCulture, $"{Capital(syllables[n % 17])}{syllables[n / 17 % 17]}{syllables[n / 289 % 17]}");

    public static string Email(int n) => string.Create(CultureInfo.InvariantCulture, $"{FirstName(n)}.{LastName(n)}{n}@example.com").ToLowerInvariant();

    public static string Phone(int n) => string.Create(CultureInfo.InvariantCulture, $"+1{2_000_000_000 + n}");

    public void Fill(Figures[] figures)
    {
        connection.Execute($"INSERT INTO Tags (TenantId, Id, Name, NameKey, Revision, CreatedAt, UpdatedAt) VALUES ({tenant}, @rare, @RareTag, @rareKey, 1, @now, @now), ({tenant}, @common, @CommonTag, @commonKey, 1, @now, @now)",
            new { rare = Shop.IdOf(1), common = Shop.IdOf(2), RareTag, CommonTag, rareKey = FieldKey.Beginning(RareTag), commonKey = FieldKey.Beginning(CommonTag), now });
        using var customer = Insert("Customers", "Id, Name, NameKey, FirstName, LastName, Email, Phone, Country, Language, City, CltvMinor, FirstSeenAt, LastSeenAt, CreatedAt, UpdatedAt, Revision", "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'Linz', ?10, ?11, ?12, ?11, ?12, 1");
        using var identity = Insert("Identities", "Id, CustomerId, Kind, Source, Value, ValueKey, IsVerified, IsPrimary, Revision, CreatedAt, UpdatedAt", "?1, ?2, ?3, '', ?4, CAST(?4 AS BLOB), 0, 1, 1, '2021-01-01 09:00:00', '2021-01-01 09:00:00'");
        using var word = Insert("CustomerWords", "Word, CustomerId", "?1, ?2");
        using var rollup = Insert("CustomerFigures", "CustomerId, OrderCount, SpendMinor, LeftOutCount, FirstOrderAt, LastOrderAt", "?1, ?2, ?3, 0, ?4, ?5");
        using var tag = Insert("CustomerTags", "CustomerId, TagId, AddedAt", "?1, ?2, '2026-01-01 09:00:00'");
        using var document = Insert("SearchDocuments", "Number, Kind, RecordKey, CustomerKey, TitleWords, BodyWords, SourceUpdatedAt", "?1, 1, ?2, ?2, ?3, ?4, ?5");
        using var index = new RawInsert(connection, $"INSERT INTO SearchIndex (rowid, Title, Body) VALUES ({tenant} * 4294967296 + ?1, ?2, ?3)");
        var (first, last) = (new MinuteClock(now), new MinuteClock(now));
        var random = new Random(13);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var n = 0; n < customers; n++)
        {
            var (id, of) = (Shop.IdOf(n), figures[n]);
            var (given, family, email, phone) = (FirstName(n), LastName(n), Email(n), Phone(n));
            var (country, language) = Home(n);
            var key = $"{given} {family}".ToLowerInvariant();
            var firstAt = first.At(of.FirstMinute);
            var lastAt = last.At(of.LastMinute);
            customer.With(id).With($"{given} {family}").With(key).With(given).With(family).With(email).With(phone).With(country).With(language).With(random.Next(200_000)).WithText(firstAt).WithText(lastAt).Run();
            identity.With(id).With(id).With(1).With(email).Run();
            identity.With(Second(id)).With(id).With(2).With(phone).Run();
            foreach (var part in key.Split(' '))
            {
                word.With(Encoding.UTF8.GetBytes(part)).With(id).Run();
                words[part] = words.GetValueOrDefault(part) + 1;
            }
            rollup.With(id).With(of.Count).With(of.Spend).WithText(firstAt).WithText(lastAt).Run();
            if (n % 3 == 0) tag.With(id).With(Shop.IdOf(2)).Run();
            if (n % 1000 == 7) tag.With(id).With(Shop.IdOf(1)).Run();
            var body = string.Join(' ', SearchTokens.Of(email).Concat(SearchTokens.OfPhone(phone)).Distinct(StringComparer.Ordinal));
            document.With(n + 1).With(id).With(key).With(body).WithText(lastAt).Run();
            index.With(n + 1).With(Terms(key)).With(Terms(body)).Run();
        }
        connection.Execute($"INSERT INTO SearchStates (TenantId, LastNumber) VALUES ({tenant}, {customers})");
        AddVocabulary(words);
    }

    private void AddVocabulary(Dictionary<string, int> words)
    {
        using var word = Insert("SearchWords", "Word, Uses", "?1, ?2");
        using var trigram = Insert("SearchTrigrams", "Trigram, Word", "?1, ?2");
        foreach (var (text, uses) in words.Where(w => SearchTokens.IsSpelt(w.Key)))
        {
            var key = Encoding.UTF8.GetBytes(text);
            word.With(key).With(uses).Run();
            foreach (var part in Spelling.Trigrams(text)) trigram.With(part).With(key).Run();
        }
    }

    private RawInsert Insert(string table, string columns, string values) => new(connection, $"INSERT INTO {table} (TenantId, {columns}) VALUES ({tenant}, {values})");

    private string Terms(string words) => string.Join(' ', words.Split(' ').Select(word => SearchIndex.Term(tenantId, word)));

    private static (string Country, string Language) Home(int n) => (n * 31 % 1000) switch
    {
        0 => (RareCountry, "de-LI"),
        < 400 => (CommonCountry, "de"),
        < 600 => ("AT", "de-AT"),
        < 750 => ("US", "en"),
        < 850 => ("GB", "en"),
        < 950 => ("CH", "de-CH"),
        _ => ("FR", "fr"),
    };

    private static byte[] Second(byte[] id)
    {
        var second = (byte[])id.Clone();
        second[9] = 1;
        return second;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
