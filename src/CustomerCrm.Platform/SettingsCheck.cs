using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.Outbound.Web;
using CustomerCrm.Platform.Webhooks;
using Microsoft.Extensions.Configuration;

namespace CustomerCrm.Platform;

/// <summary>Says in one sentence which setting keeps the program from starting. It then ends with <see cref="ExitCode"/>.</summary>
public static class SettingsCheck
{
    public const int ExitCode = 2;

    /// <returns>Null if nothing stands in the way.</returns>
    public static string? WhyNot(IConfiguration configuration)
    {
        try
        {
            _ = DatabaseOf(configuration);
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

    internal static Database DatabaseOf(IConfiguration configuration) => Database.For(
        configuration["Database:Engine"] ?? "Sqlite",
        configuration["Database:ConnectionString"] ?? "Data Source=crm.db",
        configuration.GetValue("Database:RowLevelSecurity", false));
}
