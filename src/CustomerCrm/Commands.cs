using CustomerCrm.Imports.Command;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Data.Secrets;
using CustomerCrm.Platform.Data.Sqlite;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Tenants;

namespace CustomerCrm;

/// <summary>What the program is asked to do: to run, or one thing and then to end. Most commands also work beside a program that runs over the same files.</summary>
internal static class Commands
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, CommandLine said)
    {
        if (said.Command == BackupCommand.Name)
            return await BackupCommand.RunAsync(app.Services.GetRequiredService<Databases>(), said, Console.Out, Console.Error, CancellationToken.None);
        if (said.Command == OpenApiCommand.Name) return await OpenApiCommand.RunAsync(app, said, Console.Out);

        try
        {
            var databases = app.Services.GetRequiredService<Databases>();
            using var owned = SqliteFileLock.Take(databases);
            await databases.MigrateAsync(typeof(Program).Assembly, app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
            await AbandonedJobs.FreeAsync(owned, app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
            await app.Services.GetRequiredService<SecretBox>().PrepareAsync(CancellationToken.None);
            app.Services.GetRequiredService<Readiness>().Migrated();
            if (said.Command == OperatorKeyCommand.Name) return await OperatorKeyCommand.RunAsync(app.Services, said, Console.Out, CancellationToken.None);
            if (said.Command == MoveTenantCommand.Name) return await MoveTenantAsync(app, said);
            if (said.Command == "migrate")
            {
                await app.Services.PrepareScheduleAsync(CancellationToken.None);
                return 0;
            }
            if (said.Command == ImportCommand.Name) return await ImportCommand.RunAloneAsync(app, said, Console.Out, CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (DatabaseInUseException) when (said.Command == OperatorKeyCommand.Name)
        {
            // The program that runs has migrated the file, and SQLite lets a second process add a row to it.
            return await OperatorKeyCommand.RunAsync(app.Services, said, Console.Out, CancellationToken.None);
        }
        catch (DatabaseInUseException) when (said.Command == MoveTenantCommand.Name)
        {
            // Beside the program that runs: it hears from the map that the tenant is held, and from the databases.
            return await MoveTenantAsync(app, said);
        }
        catch (DatabaseInUseException) when (said.Command == ImportCommand.Name)
        {
            return await ImportCommand.RunBesideAsync(app.Services, said, app.Configuration["Urls"], Console.Out, Console.Error, CancellationToken.None);
        }
        catch (TenantsAwayException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return SettingsCheck.ExitCode;
        }
        catch (DatabaseInUseException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return SqliteFileLock.ExitCode;
        }
    }

    private static Task<int> MoveTenantAsync(WebApplication app, CommandLine said) =>
        app.Services.GetRequiredService<MoveTenantCommand>().RunAsync(said, Console.Out, Console.Error, CancellationToken.None);
}
