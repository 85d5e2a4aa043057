using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secondaries;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Webhooks;
using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform;

/// <summary>Says in one sentence which setting keeps the program from starting. It then ends with <see cref="ExitCode"/>.</summary>
public static partial class SettingsCheck
{
    public const int ExitCode = 2;

    /// <returns>Null if nothing stands in the way.</returns>
    public static string? WhyNot(IConfiguration configuration)
    {
        try
        {
            _ = DatabasesOf(configuration);
            _ = ProcessRole.Of(configuration);
            OutboundOptions.Check(configuration);
            WebhookOptions.Check(configuration);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>The one database; and those of <c>Database:More</c>, where tenants are spread over several.</summary>
    internal static Databases DatabasesOf(IConfiguration configuration)
    {
        var (engine, isWalled) = (configuration["Database:Engine"] ?? "Sqlite", configuration.GetValue("Database:RowLevelSecurity", false));
        var more = configuration.GetSection("Database:More").GetChildren().Select(named => Name().IsMatch(named.Key)
            ? Database.For(engine, named.Value ?? throw new ArgumentException($"Database:More:{named.Key} is a connection string."), isWalled, named.Key)
            : throw new ArgumentException($"'{named.Key}' is no name for a database: a lower-case letter, then up to 49 letters, digits and underscores."));
        var databases = new Databases(Database.For(engine, configuration["Database:ConnectionString"] ?? "Data Source=crm.db", isWalled), [.. more], configuration["Tenants:PlaceIn"]);
        SecondarySettings.Apply(configuration, databases.All, engine, isWalled);
        return databases;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
