using CustomerCrm.Platform.Access;
using CustomerCrm.Platform.Events;
using CustomerCrm.Platform.Http;
using CustomerCrm.Platform.Jobs;
using CustomerCrm.Reports.Days;
using CustomerCrm.Reports.Facts;
using CustomerCrm.Reports.Figures;
using CustomerCrm.Reports.Metrics;
using CustomerCrm.Reports.Radar;
using CustomerCrm.Reports.Rows;
using CustomerCrm.Reports.Settings;

namespace CustomerCrm.Reports;

internal static class ReportRoutes
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddScoped<FactBook>().AddScoped<FactWriter>().AddScoped<ServiceHours>().AddScoped<WordCounting>().AddScoped<DurationReading>().AddScoped<TicketCounts>().AddScoped<OtherCounts>().AddScoped<ServiceMetrics>()
        .AddScoped<DayBook>().AddScoped<DayBuilding>().AddScoped<PartCounting>().AddScoped<PeriodReading>().AddScoped<RadarCounts>().AddScoped<VolumeCounts>()
        .AddEventConsumer<FactConsumer>().AddJob<RefreshFactsJob, RefreshFacts>().AddJob<CheckDaysJob, CheckDays>();

    /// <summary>How service goes: how long customers wait, what is solved, what it costs, and what they ask about; each figure with what it counts, of how many, and how sure it is.</summary>
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var service = api.MapGroup("/reports/service").WithTags("Reports");

        service.MapGet("/", ShowServiceReport.Handle).WithName("ShowServiceReport").Needs("reports:read").MayTakeLong().MayLag().Describe("Show how service goes",
            "First and next response, resolution, the time spent, backlog, promises kept, cost for each contact, what bots and articles settled, and more; seconds behind the tickets. Times are in seconds, as open time and in all. Each is beside as many days just before. What there is nothing to count for says `sufficient: false` and why, and has no figures. At most 366 days.");
        service.MapGet("/rows", ListServiceRows.Handle).WithName("ListServiceRows").Needs("reports:read").Lists(ServiceRows.Solved).Describe("List what is behind a metric",
            "The answers, tickets, promises, talks or forms that a metric of the same days and filters counts, the latest first. Of a share, `is_counted` says which of them make it up.");
        service.MapGet("/volume", ShowVolume.Handle).WithName("ShowServiceVolume").Needs("reports:read").MayTakeLong().MayLag().Describe("Show where tickets come from",
            "How many were opened by `channel`, `topic`, `team`, `hour` of the tenant's day or `weekday_hour` of its week, with their share of all and how many it was just before.");
        service.MapGet("/agents", ShowAgentLoad.Handle).WithName("ShowAgentLoad").Needs("reports:read").MayTakeLong().MayLag().Describe("Show agents' load",
            "Who has how many unsolved tickets and room for how many, and what they solved and answered in these days and in as many just before.");
        service.MapGet("/radar", ShowRadar.Handle).WithName("ShowIssueRadar").Needs("reports:read").MayTakeLong().MayLag().Describe("Show what customers suddenly ask about",
            "Topics, and words in subjects, of at least 5 tickets in the last seven days that rose by more than chance beside the eight weeks before, allowing for how all tickets grew. Of all that it names, on average one in twenty is a false alarm.");
        service.MapGet("/settings", ChangeServiceSettings.Show).WithName("ShowServiceSettings").Needs("reports:read").Describe("Show the settings of reports",
            "What an hour of an agent costs, if somebody has said so. Its `ETag` is its revision, for `If-Match`.");
        service.MapPatch("/settings", ChangeServiceSettings.Handle).WithName("ChangeServiceSettings").Needs("reports:write").Describe("Change the settings of reports",
            "Absent members stay. It holds for reports from now on, also those about the past.");
    }
}
