using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform.Data.Secondaries;

/// <summary>
/// <c>Database:ReadConnectionString</c>, and <c>Database:MoreRead:NAME</c> for those of <c>Database:More</c>; <c>Database:ReadAfterWrite</c> and <c>Database:ReadMaxLag</c>.
/// </summary>
internal static class SecondarySettings
{
    /// <summary>Gives each database the secondary that is named for it.</summary>
    /// <exception cref="ArgumentException">The engine has none, nobody is called so, or a value cannot be.</exception>
    public static void Apply(IConfiguration configuration, IReadOnlyList<Database> databases, string engine, bool rowLevelSecurity)
    {
        var named = configuration.GetSection("Database:MoreRead").GetChildren().Select(one => (Setting: one.Path, Place: one.Key, Text: one.Value))
            .Append((Setting: "Database:ReadConnectionString", Place: Database.Main, Text: configuration["Database:ReadConnectionString"])).Where(one => !string.IsNullOrEmpty(one.Text)).ToArray();
        if (named.Length == 0) return;
        if (engine != "SqlServer") throw new ArgumentException($"{named[0].Setting} names a readable secondary, which SQL Server has and SQLite has not. Leave it out.");

        var terms = new ReadTerms(TimeOf(configuration, "Database:ReadAfterWrite", ReadTerms.Default.AfterWrite, TimeSpan.FromMinutes(10)),
            TimeOf(configuration, "Database:ReadMaxLag", ReadTerms.Default.MaxLag, TimeSpan.FromHours(1)));
        if (terms.MaxLag < 2 * SecondaryWatch.Interval) throw new ArgumentException($"Database:ReadMaxLag is at least {2 * SecondaryWatch.Interval}: the secondary is asked every {SecondaryWatch.Interval.TotalSeconds} seconds.");
        foreach (var (setting, place, text) in named)
        {
            var primary = databases.FirstOrDefault(d => d.Place == place) ?? throw new ArgumentException($"{setting} is for a database that Database:More does not name.");
            primary.Secondary = new Secondary(Database.For(engine, ReadOnly(setting, text!), rowLevelSecurity, place), terms);
        }
    }

    // Through a listener, the intent is what leads to a secondary; at the secondary itself it changes nothing. A silent one is left soon.
    private static string ReadOnly(string setting, string text)
    {
        try
        {
            var parts = new SqlConnectionStringBuilder(text) { ApplicationIntent = ApplicationIntent.ReadOnly };
            if (!parts.ShouldSerialize("Connect Timeout")) parts.ConnectTimeout = 3;
            return parts.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new ArgumentException($"{setting} is no connection string of SQL Server.", e); // and is not quoted: it holds a password
        }
    }

    private static TimeSpan TimeOf(IConfiguration configuration, string setting, TimeSpan usual, TimeSpan most) => configuration[setting] switch
    {
        null or "" => usual,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time <= most => time,
        _ => throw new ArgumentException($"{setting} is a time from 00:00:00 to {most}."),
    };
}
