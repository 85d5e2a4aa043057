using CustomerCrm;
using CustomerCrm.Agents;
using CustomerCrm.ApiKeys;
using CustomerCrm.ArticleCategories;
using CustomerCrm.Articles;
using CustomerCrm.Attachments;
using CustomerCrm.AutomationRules;
using CustomerCrm.Bots;
using CustomerCrm.BusinessCalendars;
using CustomerCrm.CannedResponses;
using CustomerCrm.Channels;
using CustomerCrm.Chat;
using CustomerCrm.CheckIns;
using CustomerCrm.Companies;
using CustomerCrm.Consents;
using CustomerCrm.ConsentTopics;
using CustomerCrm.ContactPolicy;
using CustomerCrm.Conversations;
using CustomerCrm.CustomFields;
using CustomerCrm.Customers;
using CustomerCrm.Demo;
using CustomerCrm.Dev;
using CustomerCrm.Events;
using CustomerCrm.Help;
using CustomerCrm.History;
using CustomerCrm.Exports;
using CustomerCrm.Imports;
using CustomerCrm.Imports.Command;
using CustomerCrm.InboundHooks;
using CustomerCrm.Insights;
using CustomerCrm.Interactions;
using CustomerCrm.Invitations;
using CustomerCrm.Jobs;
using CustomerCrm.Links;
using CustomerCrm.Macros;
using CustomerCrm.Me;
using CustomerCrm.Messages;
using CustomerCrm.Metadata;
using CustomerCrm.Notes;
using CustomerCrm.Orders;
using CustomerCrm.Overview;
using CustomerCrm.PasswordResets;
using CustomerCrm.PersonalData;
using CustomerCrm.Platform;
using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Data;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Health;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Platform.OpenApi;
using CustomerCrm.Platform.Outbound;
using CustomerCrm.Platform.People;
using CustomerCrm.Platform.Schedule;
using CustomerCrm.Platform.Tenancy.Moving;
using CustomerCrm.Platform.Webhooks;
using CustomerCrm.Preferences;
using CustomerCrm.Products;
using CustomerCrm.ProviderCallbacks;
using CustomerCrm.Providers;
using CustomerCrm.RecycleBin;
using CustomerCrm.Reminders;
using CustomerCrm.RoutingRules;
using CustomerCrm.Reports;
using CustomerCrm.Search;
using CustomerCrm.Segments;
using CustomerCrm.Sentiment;
using CustomerCrm.Sessions;
using CustomerCrm.Signups;
using CustomerCrm.Slas;
using CustomerCrm.Storefronts;
using CustomerCrm.Suppressions;
using CustomerCrm.SurveyPages;
using CustomerCrm.SurveyResponses;
using CustomerCrm.Surveys;
using CustomerCrm.Tags;
using CustomerCrm.Tasks;
using CustomerCrm.Teams;
using CustomerCrm.Templates;
using CustomerCrm.Tenant;
using CustomerCrm.Tenants;
using CustomerCrm.Tickets;
using CustomerCrm.TicketStatuses;
using CustomerCrm.Timeline;
using CustomerCrm.Tickets.Conditions;
using CustomerCrm.Topics;
using CustomerCrm.Track;
using CustomerCrm.Users;
using CustomerCrm.Webhooks;

// Settings are read once. Watching their folder for changes would wake the program for every page that SQLite writes beside them.
var builder = WebApplication.CreateBuilder([.. CommandLine.SettingsIn(args), "--hostBuilder:reloadConfigOnChange=false", .. ImportCommand.SettingsFor(args)]);
if (SettingsCheck.WhyNot(builder.Configuration) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return SettingsCheck.ExitCode;
}
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 1 << 20;
    kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
    kestrel.Limits.MaxRequestLineSize = 8 << 10;
});
builder.Services.AddPlatform(builder.Configuration, typeof(Program).Assembly);
builder.Services.AddAccess();
builder.Services.AddPeople(builder.Environment);
builder.Services.AddOutbound();
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddBus(builder.Configuration);
builder.Services.AddSchedule(builder.Configuration, Schedule.All);
builder.Services.AddWebhookSender(builder.Configuration);
builder.Services.AddHealth(builder.Configuration);
builder.Services.AddContract(ProblemKinds.All);

builder.Services.AddTenant();
builder.Services.AddTenants();
builder.Services.AddCustomFields();
builder.Services.AddUsers();
builder.Services.AddInvitations();
builder.Services.AddPasswordResets();
builder.Services.AddMe();
builder.Services.AddCustomers();
builder.Services.AddLinks();
builder.Services.AddSuppressions();
builder.Services.AddConsents();
builder.Services.AddPreferences();
builder.Services.AddCompanies();
builder.Services.AddInteractions();
builder.Services.AddProducts();
builder.Services.AddOrders();
builder.Services.AddNotes();
builder.Services.AddProviders();
builder.Services.AddProviderCallbacks();
builder.Services.AddInsights();
builder.Services.AddTrack();
builder.Services.AddSegments();
builder.Services.AddRecycleBin();
builder.Services.AddSearch();
builder.Services.AddArticleCategories();
builder.Services.AddArticles();
builder.Services.AddImports();
builder.Services.AddTags();
builder.Services.AddTasks();
builder.Services.AddTickets();
builder.Services.AddTicketConditions();
builder.Services.AddTopics();
builder.Services.AddSlas();
builder.Services.AddRoutingRules();
builder.Services.AddReminders();
builder.Services.AddCheckIns();
builder.Services.AddCannedResponses();
builder.Services.AddMacros();
builder.Services.AddInboundHooks();
builder.Services.AddStorefronts();
builder.Services.AddAutomationRules();
builder.Services.AddMetadata();
builder.Services.AddExports();
builder.Services.AddWebhooks();
builder.Services.AddBusinessCalendars();
builder.Services.AddSentiment();
builder.Services.AddContactPolicy();
builder.Services.AddTemplates();
builder.Services.AddMessages();
builder.Services.AddSurveys();
builder.Services.AddSurveyResponses();
builder.Services.AddSurveyPages();
builder.Services.AddReports();
builder.Services.AddHelp();
builder.Services.AddBots();
builder.Services.AddChannels();
builder.Services.AddAttachments();
builder.Services.AddConversations();
builder.Services.AddChat();
if (DemoHost.IsWanted(builder.Environment, builder.Configuration)) DemoHost.Add(builder.Services);

var app = builder.Build();
app.UsePlatform();
app.UseDocs();
app.UseRouting();
app.UseAccess();
app.UseApiRules();

app.MapHealth();
app.MapContract();
if (ProcessRole.Of(builder.Configuration).ServesApi)
{
    var api = app.MapApi();
    api.MapMe();
    api.MapTenant();
    api.MapTenants();
    api.MapApiKeys();
    api.MapCustomFields();
    api.MapSignups();
    api.MapSessions();
    api.MapPasswordResets();
    api.MapUsers();
    api.MapInvitations();
    api.MapTeams();
    api.MapBusinessCalendars();
    api.MapSlas();
    api.MapAgents();
    api.MapRoutingRules();
    api.MapTopics();
    api.MapReminders();
    api.MapCheckIns();
    api.MapDev();
    api.MapCustomers();
    api.MapIdentities();
    api.MapCompanies();
    api.MapInteractions();
    api.MapSentiment();
    api.MapConsentTopics();
    api.MapConsents();
    api.MapSuppressions();
    api.MapTimeline();
    api.MapHistory();
    api.MapPersonalData();
    api.MapRecycleBin();
    api.MapSearch();
    api.MapArticleCategories();
    api.MapArticles();
    api.MapHelp();
    api.MapBots();
    api.MapOverview();
    api.MapProducts();
    api.MapOrders();
    api.MapNotes();
    api.MapProviders();
    api.MapTrack();
    api.MapSegments();
    api.MapTags();
    api.MapTasks();
    api.MapTickets();
    api.MapTicketStatuses();
    api.MapCannedResponses();
    api.MapMacros();
    api.MapInboundHooks();
    api.MapStorefronts();
    api.MapAutomationRules();
    api.MapMetadata();
    api.MapInsights();
    api.MapImports();
    api.MapExports();
    api.MapContactPolicy();
    api.MapTemplates();
    api.MapMessages();
    api.MapSurveys();
    api.MapSurveyResponses();
    api.MapReports();
    api.MapChannels();
    api.MapAttachments();
    api.MapConversations();
    api.MapChat();
    api.MapEvents();
    api.MapWebhooks();
    api.MapJobs();
    app.MapHooks();
    app.MapStorefrontHooks();
    app.MapPreferences();
    app.MapSurveyPages();
    app.MapHelpPages();
    app.MapProviderCallbacks();
}

if (args.Contains(BackupCommand.Name))
    return await BackupCommand.RunAsync(app.Services.GetRequiredService<Databases>(), args, Console.Out, Console.Error, CancellationToken.None);
if (args is [OpenApiCommand.Name, ..]) return await OpenApiCommand.RunAsync(app, args, Console.Out);

try
{
    var databases = app.Services.GetRequiredService<Databases>();
    using var owned = SqliteFileLock.Take(databases);
    await databases.MigrateAsync(typeof(Program).Assembly, app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
    await app.Services.GetRequiredService<SecretBox>().PrepareAsync(CancellationToken.None);
    app.Services.GetRequiredService<Readiness>().Migrated();
    if (args.Contains(OperatorKeyCommand.Name)) return await OperatorKeyCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None);
    if (args.Contains(MoveTenantCommand.Name)) return await MoveTenantAsync();
    if (args.Contains("migrate"))
    {
        await app.Services.PrepareScheduleAsync(CancellationToken.None);
        return 0;
    }
    if (ImportCommand.IsAsked(args)) return await ImportCommand.RunAloneAsync(app, args, Console.Out, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (DatabaseInUseException) when (args.Contains(OperatorKeyCommand.Name))
{
    // The program that runs has migrated the file, and SQLite lets a second process add a row to it.
    return await OperatorKeyCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None);
}
catch (DatabaseInUseException) when (args.Contains(MoveTenantCommand.Name))
{
    // Beside the program that runs: it hears from the map that the tenant is held, and from the databases.
    return await MoveTenantAsync();
}
catch (DatabaseInUseException) when (ImportCommand.IsAsked(args))
{
    return await ImportCommand.RunAsync(app.Services, args, new Uri(app.Configuration["Urls"]!.Split(';')[0]), Console.Out, CancellationToken.None);
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

Task<int> MoveTenantAsync() => app.Services.GetRequiredService<MoveTenantCommand>().RunAsync(args, Console.Out, Console.Error, CancellationToken.None);

public partial class Program;
