using System.Text.RegularExpressions;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secondaries;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
            _ = Collector.Of(configuration);
            _ = configuration.GetValue("Stop:Drain", TimeSpan.Zero);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException) // the latter: a time or a flag that is none
        {
            return e.Message;
        }
    }

    /// <summary>The same of all that is read when the program has been put together: as its start would, but before it does anything.</summary>
    /// <returns>Null if nothing stands in the way.</returns>
    public static string? WhyNot(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return null;
        }
        catch (OptionsValidationException e)
        {
            return SayingOf(e);
        }
        catch (AggregateException e) when (e.InnerException is OptionsValidationException first)
        {
            return SayingOf(first);
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static string SayingOf(OptionsValidationException e) => $"A setting cannot be so. {e.Failures.First()}";

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
